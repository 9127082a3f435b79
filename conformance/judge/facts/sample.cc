#include "conformance/judge/facts/sample.h"

#include <fmt/format.h>

#include <cmath>

namespace pinproof::conformance {

void Sample::add(double chance, bool hit, std::uint64_t observation) {
  ++trials;
  expected += chance;
  if (!hit) return;
  ++hits;
  if (evidence.size() < kEvidenceMax) evidence.push_back(observation);
}

void Sample::add(const Sample& other) {
  if (counted.empty()) counted = other.counted;
  trials += other.trials;
  hits += other.hits;
  expected += other.expected;
  for (const std::uint64_t id : other.evidence) {
    if (evidence.size() < kEvidenceMax) evidence.push_back(id);
  }
}

double Sample::false_alarm() const {
  if (trials == 0) return 1;
  const double n = static_cast<double>(trials);
  const double mean = expected / n;
  const double rate = static_cast<double>(hits) / n;
  if (rate <= mean) return 1;
  if (mean <= 0) return 0;
  const double up = rate * std::log(rate / mean);
  const double down = rate < 1 ? (1 - rate) * std::log((1 - rate) / (1 - mean)) : 0;
  return std::exp(-n * (up + down));
}

bool Sample::fails(std::int64_t false_alarm_one_in) const {
  return false_alarm() * static_cast<double>(false_alarm_one_in) < 1;
}

bool Sample::can_fail(std::int64_t false_alarm_one_in) const {
  Sample all = *this;
  all.hits = trials;
  return all.fails(false_alarm_one_in);
}

std::string Sample::words() const {
  const double alarm = false_alarm();
  const std::string often = alarm >= 1   ? "as chance has it"
                            : alarm <= 0 ? "chance alone never does so"
                                         : fmt::format("chance alone does so at most once in {:.3g} runs", 1 / alarm);
  return fmt::format("{}: {} of {} trials, {:.3g} expected; {}", counted, hits, trials, expected, often);
}

}  // namespace pinproof::conformance
