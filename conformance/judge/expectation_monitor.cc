#include "conformance/judge/expectation_monitor.h"

#include <algorithm>
#include <map>
#include <utility>

#include "conformance/judge/checks/checks.h"

namespace pinproof::conformance {
namespace {

Ruling rule_on(const Expectation& expectation, const Seen& seen) {
  const Subject subject = seen.find(expectation.of);
  if (subject.empty()) return undecided("nothing was seen of what it is about", {});
  return rule(expectation.check, subject, seen);
}

// One violation, one requirement: what the first failing expectation says of an observation, later ones about the same do not say again.
void attribute(Finding& finding, std::map<std::uint64_t, std::string>& broken) {
  const auto owned = [&](std::uint64_t id) {
    const auto found = broken.find(id);
    return found != broken.end() && found->second != finding.requirement;
  };
  if (!finding.evidence.empty() && std::all_of(finding.evidence.begin(), finding.evidence.end(), owned)) {
    finding.verdict = Verdict::kNotExercised;
    finding.reason = "not judged here, since what it is about broke " + broken.at(finding.evidence.back());
    return;
  }
  for (const std::uint64_t id : finding.evidence) broken.emplace(id, finding.requirement);
}

}  // namespace

void ExpectationMonitor::record(const Record& record) {
  // Expectations are a scenario's, and a scenario is short: a log of other traffic has none, and is not kept.
  if (seen_.header().scenario.empty()) return;
  if (const auto* const expected = std::get_if<Expected>(&record)) {
    expectations_.push_back(expected->expectation);
  } else {
    seen_.add(record);
  }
}

std::vector<Finding> ExpectationMonitor::conclude() {
  std::vector<Finding> findings;
  std::string unmet;                            // why the first precondition that was not met was not
  std::map<std::uint64_t, std::string> broken;  // the requirement that an observation has broken
  for (const Expectation& expectation : expectations_) {
    Ruling ruling = rule_on(expectation, seen_);
    Finding finding;
    finding.requirement = expectation.requirement;
    finding.verdict = ruling.verdict;
    finding.reason = std::move(ruling.reason);
    finding.evidence = std::move(ruling.evidence);
    finding.step = expectation.step;
    if (expectation.requirement.empty() && finding.verdict != Verdict::kPass) {
      finding.verdict = Verdict::kSetupFail;
      if (unmet.empty()) unmet = finding.reason;
    } else if (!unmet.empty()) {
      finding.verdict = Verdict::kSetupFail;
      finding.reason = "not judged, since before it: " + unmet;
    }
    if (finding.verdict == Verdict::kFail) attribute(finding, broken);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace pinproof::conformance
