#include "conformance/run/requirement_table.h"

#include <algorithm>
#include <utility>

#include "conformance/player/needs.h"

namespace pinproof::conformance {
namespace {

std::vector<std::uint64_t> first_of(const std::vector<std::uint64_t>& observations) {
  const auto end = observations.begin() + static_cast<std::ptrdiff_t>(std::min(observations.size(), kObservationsMax));
  return {observations.begin(), end};
}

/// "over_cap=reject, minute=…": the readings that the requirement depends on, as the target declares them.
std::string readings_of(const Requirement& requirement, const TargetDescription& target) {
  std::string text;
  for (const std::string& name : requirement.readings) {
    const auto reading = target.readings.find(name);
    if (reading != target.readings.end()) text += (text.empty() ? "" : ", ") + name + "=" + reading->second;
  }
  return text;
}

}  // namespace

void RequirementTable::add_target(const TargetDescription& target) { targets_.push_back(target); }

void RequirementTable::add(const std::string& scenario, const Judgement& judgement) {
  for (const auto& [requirement, verdict] : judgement.requirements) add(scenario, judgement, requirement, verdict);
  for (const auto& [requirement, sample] : judgement.samples) add_sample(scenario, requirement, sample);
}

void RequirementTable::add_sample(const std::string& scenario, const std::string& requirement, const Sample& sample) {
  Pool& pool = pools_[requirement];
  pool.sample.add(sample);
  if (sample.hits > 0 && pool.evidence.size() < kEvidenceMax) {
    pool.evidence.push_back({scenario, first_of(sample.evidence), sample.counted, "", ""});
  }
}

// What the scenarios say, and what the samples of the whole run say together.
RequirementTable::Entry RequirementTable::entry_of(const Requirement& requirement) const {
  const auto found = entries_.find(requirement.id);
  Entry entry = found == entries_.end() ? Entry{} : found->second;
  const auto pool = pools_.find(requirement.id);
  if (pool == pools_.end()) return entry;
  const Sample& sample = pool->second.sample;
  const std::int64_t one_in = catalogue_.promises.false_alarm_one_in;
  if (sample.fails(one_in) && entry.verdict != Verdict::kFail)
    return {Verdict::kFail, sample.words(), pool->second.evidence};
  const bool told = sample.can_fail(one_in) && worse(entry.verdict, Verdict::kPass) == Verdict::kPass;
  return told ? Entry{Verdict::kPass, sample.words(), {}} : entry;
}

void RequirementTable::add(const std::string& scenario, const Judgement& judgement, const std::string& requirement,
                           Verdict verdict) {
  Entry& entry = entries_[requirement];
  if (worse(entry.verdict, verdict) == entry.verdict && entry.verdict != verdict) return;
  if (entry.verdict != verdict) entry = {verdict, "", {}};
  for (const Finding& finding : judgement.findings) {
    if (finding.requirement != requirement || finding.verdict != verdict) continue;
    if (entry.reason.empty()) entry.reason = finding.reason;
    if (entry.evidence.size() == kEvidenceMax) break;
    entry.evidence.push_back({scenario, first_of(finding.evidence), finding.reason, finding.step, ""});
  }
  if (entry.reason.empty() && verdict != Verdict::kPass && verdict != Verdict::kNotExercised)
    entry.reason = judgement.reason;
}

const TargetDescription* RequirementTable::target_of(const Requirement& requirement) const {
  const auto found = std::find_if(targets_.begin(), targets_.end(), [&](const TargetDescription& target) {
    const auto dialect = parse_requirement_dialect(target.dialect);
    return dialect && requirement.applies_to(*dialect);
  });
  return found == targets_.end() ? nullptr : &*found;
}

void RequirementTable::fill_unexercised(const Requirement& requirement, reports::RequirementResult& row) const {
  const Capabilities missing = requirement.needs.without(target_of(requirement)->capabilities);
  if (!requirement.untestable.empty()) {
    row.verdict = to_string(Verdict::kNotTestable);
    row.reason = requirement.untestable;
  } else if (!missing.empty()) {
    row.verdict = to_string(Verdict::kNotTestable);
    row.reason = "needs " + to_string(missing);
  } else if (row.reason.empty()) {
    row.reason = "no scenario of this run shows it";
  }
}

std::vector<reports::RequirementResult> RequirementTable::rows() const {
  std::vector<reports::RequirementResult> rows;
  for (const Requirement& requirement : catalogue_.requirements) {
    const TargetDescription* const target = target_of(requirement);
    if (target == nullptr) continue;
    reports::RequirementResult row;
    row.id = requirement.id;
    row.level = to_string(requirement.level);
    row.set = to_string(requirement.set);
    row.dialect = to_string(requirement.dialect);
    row.title = requirement.title;
    row.statement = requirement.statement;
    row.source = std::string(to_string(requirement.source.document)) + ", " + requirement.source.section;
    row.provable = requirement.untestable.empty();
    row.reading = readings_of(requirement, *target);
    if (const NotOffered* const said = not_offered(*target, requirement.id)) {
      row.verdict = to_string(Verdict::kNotSupported);
      row.reason = "the target does not offer it: " + said->why;
      rows.push_back(std::move(row));
      continue;
    }
    Entry entry = entry_of(requirement);
    row.verdict = to_string(entry.verdict);
    row.reason = std::move(entry.reason);
    row.evidence = std::move(entry.evidence);
    if (entry.verdict == Verdict::kNotExercised) fill_unexercised(requirement, row);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace pinproof::conformance
