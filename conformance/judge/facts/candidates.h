// Which exits match what a user name asks for, found once for each ask, and how many of them are not known to be down.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "conformance/judge/facts/asked.h"
#include "conformance/judge/facts/exit_log.h"

namespace pinproof::conformance {

class Candidates {
 public:
  /// Keeps references; both outlive it.
  Candidates(const HistoryHeader& header, const ExitLog& log) : header_(header), log_(log) {}

  /// Addresses, sorted.
  const std::vector<std::string>& matching(const Asked& asked);
  /// How many of the matching ones were down all through [from, to].
  std::size_t down(const std::vector<std::string>& matching, Moment from, Moment to) const;
  /// The matching ones less those.
  std::size_t up(const Asked& asked, Moment from, Moment to);

 private:
  static constexpr std::size_t kPlacesMax = 100'000;  // beyond it all are found again

  const HistoryHeader& header_;
  const ExitLog& log_;
  std::unordered_map<std::string, std::vector<std::string>> by_place_;
};

}  // namespace pinproof::conformance
