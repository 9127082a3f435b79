#include "conformance/judge/judge.h"

#include <algorithm>
#include <array>
#include <utility>

#include "conformance/scenario/store.h"
#include "sim/core/check.h"

namespace pinproof::conformance {
namespace {

// By what a reader has to know first.
constexpr std::array kWorstFirst{Verdict::kFail,         Verdict::kHarnessError, Verdict::kSetupFail,
                                 Verdict::kInconclusive, Verdict::kPass,         Verdict::kNotTestable,
                                 Verdict::kNotSupported, Verdict::kNotExercised};

std::size_t rank(Verdict verdict) {
  return static_cast<std::size_t>(std::find(kWorstFirst.begin(), kWorstFirst.end(), verdict) - kWorstFirst.begin());
}

std::string reason_of(const Finding& finding) {
  return finding.requirement.empty() ? finding.reason : finding.requirement + ": " + finding.reason;
}

// One violation, one requirement: an expectation is about one situation, made for one promise, and knows best which that is. What a later
// one or a monitor says of an observation that has broken one is the same violation under another name.
void attribute(std::vector<Finding>& findings, const std::set<std::string>& minor) {
  std::map<std::uint64_t, std::string> broken;
  const auto owned = [&](const Finding& finding, std::uint64_t id) {
    const auto owner = broken.find(id);
    if (owner == broken.end() || owner->second == finding.requirement) return false;
    return !minor.contains(owner->second) || minor.contains(finding.requirement);
  };
  const auto own = [&](Finding& finding, bool is_owned) {
    if (is_owned) {
      finding.reason = "not judged here, since what it is about broke " + broken.at(finding.evidence.back());
      finding.verdict = Verdict::kNotExercised;
    }
    return is_owned;
  };
  for (Finding& finding : findings) {
    if (finding.verdict != Verdict::kFail || finding.step.empty()) continue;
    const bool all = !finding.evidence.empty() && std::all_of(finding.evidence.begin(), finding.evidence.end(),
                                                              [&](std::uint64_t id) { return owned(finding, id); });
    if (own(finding, all)) continue;
    for (const std::uint64_t id : finding.evidence) {
      const auto [owner, fresh] = broken.emplace(id, finding.requirement);
      if (!fresh && minor.contains(owner->second)) owner->second = finding.requirement;
    }
  }
  for (Finding& finding : findings) {
    if (finding.verdict != Verdict::kFail || !finding.step.empty() || finding.evidence.empty()) continue;
    own(finding, owned(finding, finding.evidence.back()));
  }
}

}  // namespace

Verdict worse(Verdict left, Verdict right) { return rank(left) <= rank(right) ? left : right; }

void Judge::header(const HistoryHeader& header) {
  requirements_ = header.requirements;
  not_offered_ = header.not_offered;
  monitors_ = make_monitors(header, expectations_ == Expectations::kRuledOn);
}

void Judge::record(const Record& record) {
  if (const auto* const trouble = std::get_if<Trouble>(&record)) troubles_.push_back(*trouble);
  const bool unexpected = expectations_ == Expectations::kNone && std::holds_alternative<Expected>(record);
  PINPROOF_CHECK(!unexpected, "an expectation in a history that was said to have none");
  for (const auto& monitor : monitors_) monitor->record(record);
}

bool Judge::is_offered(const std::string& requirement) const {
  return std::none_of(not_offered_.begin(), not_offered_.end(),
                      [&](const std::string& glob) { return !requirement.empty() && glob_matches(glob, requirement); });
}

Judgement Judge::conclude(bool complete) {
  Judgement judgement;
  for (const auto& monitor : monitors_) {
    for (Finding& finding : monitor->conclude()) {
      if (!is_offered(finding.requirement)) continue;
      if (finding.sample && samples_ == Samples::kLeftToTheRun) {
        judgement.samples[finding.requirement].add(*finding.sample);
      } else {
        judgement.findings.push_back(std::move(finding));
      }
    }
  }
  attribute(judgement.findings, minor_);
  // A stable sort: failures first, the rest as they came.
  std::stable_partition(judgement.findings.begin(), judgement.findings.end(),
                        [](const Finding& finding) { return finding.verdict == Verdict::kFail; });

  const auto take = [&](Verdict verdict, const std::string& reason) {
    if (rank(verdict) >= rank(judgement.verdict)) return;
    judgement.verdict = verdict;
    judgement.reason = reason;
  };
  for (const std::string& requirement : requirements_)
    judgement.requirements.emplace(requirement, Verdict::kNotExercised);
  for (const Finding& finding : judgement.findings) {
    if (!finding.requirement.empty()) {
      auto& verdict = judgement.requirements.emplace(finding.requirement, Verdict::kNotExercised).first->second;
      verdict = worse(verdict, finding.verdict);
    } else if (finding.verdict == Verdict::kPass) {
      continue;  // that a state was reached says nothing about a promise
    }
    take(finding.verdict, finding.verdict == Verdict::kPass ? std::string() : reason_of(finding));
  }
  for (const Trouble& trouble : troubles_) {
    take(trouble.verdict, trouble.what);
    // What the trouble kept from being judged shares its verdict; what had been judged before stands.
    for (auto& [requirement, verdict] : judgement.requirements) {
      if (verdict == Verdict::kNotExercised) verdict = trouble.verdict;
    }
  }
  if (!complete) take(Verdict::kInconclusive, "the history is not complete: its end is missing");
  return judgement;
}

Judgement judge(const History& history) {
  Judge judge;
  judge.header(history.header);
  for (const Record& record : history.records) judge.record(record);
  return judge.conclude(history.complete);
}

}  // namespace pinproof::conformance
