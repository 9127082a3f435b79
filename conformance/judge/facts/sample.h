// Statistical promises: how often something happened that chance alone allows now and then. A sample fails when chance would bring so many
// hits more rarely than the stated false-alarm rate, whatever the order; the bound is Chernoff's, so that trials may differ in their
// chances and few trials can never fail. Samples of one run are added up, so that a long run buys no false alarms.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pinproof::conformance {

struct Sample {
  std::string counted{};  // what a hit is: "the same exit after the window's end"
  std::uint64_t trials = 0;
  std::uint64_t hits = 0;
  double expected = 0;                    // hits that chance alone brings
  std::vector<std::uint64_t> evidence{};  // observations of the hits, the first kEvidenceMax

  static constexpr std::size_t kEvidenceMax = 100;

  void add(double chance, bool hit, std::uint64_t observation);
  void add(const Sample& other);

  /// An upper bound of the probability of so many hits or more by chance.
  double false_alarm() const;
  bool fails(std::int64_t false_alarm_one_in) const;
  /// Whether there are trials enough that it could fail at all.
  bool can_fail(std::int64_t false_alarm_one_in) const;
  /// "the same exit after the window's end: 8 of 8 trials, 0.7 expected; chance alone would do so at most once in 10^8 runs".
  std::string words() const;

  bool operator==(const Sample&) const = default;
};

}  // namespace pinproof::conformance
