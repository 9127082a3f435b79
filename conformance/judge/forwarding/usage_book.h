// What sessions must have been billed by now, from the requests that a history shows, so that a list of sessions can be held against it
// (H-NOT-1).
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "conformance/judge/facts/asked.h"
#include "conformance/judge/facts/exchange.h"
#include "conformance/judge/facts/holding.h"

namespace pinproof::conformance {

class UsageBook {
 public:
  explicit UsageBook(const HistoryHeader& header) : header_(header) {}

  /// A request of a good sticky name.
  void add(const Exchange& exchange, const Asked& asked);
  /// A list is held against what was added; a deletion makes new sessions of old names.
  void judge(const ApiCall& call, Holdings& holdings);

 private:
  /// Names kept; beyond it all are forgotten, and billing is judged from there on anew.
  static constexpr std::size_t kNamesMax = 200'000;

  /// Of one account and session id, since the session that is alive now may have begun.
  struct Usage {
    std::string user_name;
    bool several_names = false;  // a list does not tell which of them it speaks of
    bool anything = false;       // a request of unknown fate: there is no upper bound
    std::uint64_t sure = 0;      // bytes that went through in the session that is alive now
    std::uint64_t possible = 0;  // and at most, since the beginning
    std::uint64_t requests = 0;
    Instant began_at;             // the first request that may have been of that session
    Instant ends_at;              // surely alive before
    Instant last_end;             // of all its requests
    std::uint64_t deletions = 0;  // that there had been when it began
  };

  void begin(Usage& usage, const Exchange& exchange, const Asked& asked) const;
  void judge(const Usage& usage, const ApiCall& call, std::uint64_t billed, Holdings& holdings) const;

  const HistoryHeader& header_;
  std::unordered_map<std::string, Usage> usages_;  // by account and session id
  std::string key_;                                // of the look-up, kept for its memory
  std::uint64_t deletions_ = 0;
};

}  // namespace pinproof::conformance
