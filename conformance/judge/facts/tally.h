// Collects what rules say into findings: each violation is one, and a requirement that held is one. Bounded: of a requirement that fails
// all the time the first kFailuresKept are told one by one, the rest are counted.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "conformance/judge/facts/holding.h"
#include "conformance/judge/facts/sample.h"
#include "conformance/judge/monitor.h"

namespace pinproof::conformance {

inline constexpr std::size_t kFailuresKept = 100;

class Tally {
 public:
  /// `by`: the observation ruled on; the last of the evidence.
  void add(const Holding& holding, std::uint64_t by);
  /// All of them, and leaves none: the vector's memory is for what is ruled on next.
  void take(Holdings& holdings, std::uint64_t by);

  /// One trial of a statistical requirement.
  void count(std::string_view requirement, std::string_view counted, double chance, bool hit,
             std::uint64_t observation);

  /// What was counted, then in order of requirement its failures, else the first that stayed open, else that it held.
  std::vector<Finding> findings(const Promises& promised) const;

 private:
  struct Count {
    std::uint64_t passed = 0;
    std::uint64_t failed = 0;
    std::vector<Finding> failures;
    std::vector<Finding> open;  // the first inconclusive one
  };

  struct Known {
    std::string_view requirement;
    Count* count = nullptr;  // in by_requirement_
  };

  Count& count_of(std::string_view requirement);

  std::map<std::string, Count, std::less<>> by_requirement_;
  // The same, found fast, since every exchange comes by here: by the address of the literal that names the requirement.
  std::unordered_map<const char*, Known> known_;
  std::map<std::string, Sample, std::less<>> samples_;
};

}  // namespace pinproof::conformance
