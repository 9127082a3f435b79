// Judges rotation (H-ROT-1 to H-ROT-6). Whether exits are fresh is a matter of chance, so it is judged over all requests: how often the exit of
// a new connection is the one that the same user name had just before.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "conformance/judge/facts/candidates.h"
#include "conformance/judge/facts/fact_monitor.h"
#include "conformance/judge/facts/tally.h"
#include "conformance/judge/rotation/picks.h"

namespace pinproof::conformance {

class RotationMonitor final : public FactMonitor {
 public:
  RotationMonitor(const HistoryHeader& header, const ExitLog& log) : header_(header), candidates_(header, log) {}
  void exchange(const ExchangePtr& shared) override;
  std::vector<Finding> conclude() override;

 private:
  /// Connections and user names kept; beyond it the memory of all is dropped, which costs trials and never a verdict.
  static constexpr std::size_t kKept = 100'000;

  struct Carried {
    std::string exit;
    std::uint64_t by = 0;
    bool tunnel = false;
  };

  Carried& carried_for(const Asked& asked, const Observation& seen);
  void sample(const Exchange& exchange, const Asked& asked);

  const HistoryHeader& header_;
  Candidates candidates_;
  Tally tally_;
  Holdings holdings_;  // of what is judged now
  Picks picks_{tally_};
  std::unordered_map<std::string, Carried> by_connection_;  // the latest, whoever it was for
  // And for each user name on it: a client may change names on a kept connection, and each may keep an exit of its own there (H-ROT-2).
  std::unordered_map<std::string, Carried> by_connection_and_user_;
  std::unordered_map<std::string, Picks::Before> by_user_;
  std::string key_;  // of the look-up, kept for its memory
};

}  // namespace pinproof::conformance
