#include "conformance/judge/expectation_monitor.h"

#include <utility>

#include "conformance/judge/checks/checks.h"

namespace pinproof::conformance {
namespace {

Ruling rule_on(const Expectation& expectation, const Seen& seen) {
  const Subject subject = seen.find(expectation.of);
  if (subject.empty()) return undecided("nothing was seen of what it is about", {});
  return rule(expectation.check, subject, seen);
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
  std::string unmet;  // why the first precondition that was not met was not
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
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace pinproof::conformance
