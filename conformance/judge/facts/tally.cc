#include "conformance/judge/facts/tally.h"

#include <fmt/format.h>

#include <algorithm>

namespace pinproof::conformance {
namespace {

Finding finding_of(const std::string& requirement, const Sample& sample, std::int64_t false_alarm_one_in) {
  Finding finding;
  finding.requirement = requirement;
  finding.reason = sample.words();
  finding.sample = sample;
  if (sample.fails(false_alarm_one_in)) {
    finding.verdict = Verdict::kFail;
    finding.evidence = sample.evidence;
  } else {
    finding.verdict = sample.can_fail(false_alarm_one_in) ? Verdict::kPass : Verdict::kNotExercised;
  }
  return finding;
}

}  // namespace

Tally::Count& Tally::count_of(std::string_view requirement) {
  Known& known = known_[requirement.data()];
  if (known.count == nullptr || known.requirement != requirement) {
    const auto entry = by_requirement_.try_emplace(std::string(requirement)).first;
    known = {entry->first, &entry->second};
  }
  return *known.count;
}

void Tally::take(Holdings& holdings, std::uint64_t by) {
  for (const Holding& holding : holdings) add(holding, by);
  holdings.clear();
}

void Tally::add(const Holding& holding, std::uint64_t by) {
  Count& count = count_of(holding.requirement);
  if (holding.verdict == Verdict::kPass) {
    ++count.passed;
    return;
  }
  Finding finding;
  finding.requirement = holding.requirement;
  finding.verdict = holding.verdict;
  finding.reading = holding.reading;
  finding.reason = holding.reason;
  finding.evidence = holding.evidence;
  finding.evidence.push_back(by);
  finding.evidence.erase(std::unique(finding.evidence.begin(), finding.evidence.end()), finding.evidence.end());
  if (holding.verdict == Verdict::kInconclusive) {
    if (count.open.empty()) count.open.push_back(std::move(finding));
    return;
  }
  ++count.failed;
  if (count.failures.size() < kFailuresKept) count.failures.push_back(std::move(finding));
}

void Tally::count(std::string_view requirement, std::string_view counted, double chance, bool hit,
                  std::uint64_t observation) {
  auto entry = samples_.find(requirement);
  if (entry == samples_.end()) {
    entry = samples_.emplace(std::string(requirement), Sample{.counted = std::string(counted)}).first;
  }
  entry->second.add(chance, hit, observation);
}

std::vector<Finding> Tally::findings(const Promises& promised) const {
  std::vector<Finding> all;
  for (const auto& [requirement, sample] : samples_)
    all.push_back(finding_of(requirement, sample, promised.false_alarm_one_in));
  for (const auto& [requirement, count] : by_requirement_) {
    if (count.failed > 0) {
      all.insert(all.end(), count.failures.begin(), count.failures.end());
      if (count.failed > count.failures.size()) {
        all.back().reason += fmt::format(" (and {} more like it)", count.failed - count.failures.size());
      }
    } else if (!count.open.empty()) {
      all.push_back(count.open.front());
    } else {
      Finding held;
      held.requirement = requirement;
      held.verdict = Verdict::kPass;
      held.reason = fmt::format("held {} time{}", count.passed, count.passed == 1 ? "" : "s");
      all.push_back(std::move(held));
    }
  }
  return all;
}

}  // namespace pinproof::conformance
