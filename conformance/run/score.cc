#include "conformance/run/score.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string_view>

#include "conformance/catalogue/catalogue.h"
#include "conformance/history/verdict.h"
#include "reports/deciding.h"

namespace pinproof::conformance {
namespace {

/// The rows and scenarios that one word is about.
struct Part {
  std::vector<const reports::RequirementResult*> rows;
  std::vector<const reports::ScenarioResult*> scenarios;
  bool complete = true;
};

bool any_is(const auto& ones, std::initializer_list<Verdict> verdicts) {
  return std::any_of(ones.begin(), ones.end(), [&](const auto* one) {
    return std::any_of(verdicts.begin(), verdicts.end(),
                       [&](Verdict verdict) { return to_string(verdict) == one->verdict; });
  });
}

std::string word_of(const Part& part) {
  const std::string_view all = to_string(RequirementSet::kExtended);
  const bool broken =
      std::any_of(part.rows.begin(), part.rows.end(), [&](const auto* row) { return reports::is_broken(*row, all); });
  if (broken) return "fail";
  if (any_is(part.rows, {Verdict::kInconclusive}) || !any_is(part.rows, {Verdict::kPass})) return "inconclusive";
  const bool trouble =
      any_is(part.scenarios, {Verdict::kSetupFail, Verdict::kHarnessError, Verdict::kNotTestable}) ||
      any_is(part.rows, {Verdict::kSetupFail, Verdict::kHarnessError, Verdict::kNotTestable, Verdict::kNotExercised});
  return trouble || !part.complete ? "partial" : "pass";
}

bool speaks_of(const reports::ScenarioResult& scenario, const std::set<std::string>& requirements) {
  return std::any_of(scenario.requirements.begin(), scenario.requirements.end(),
                     [&](const std::string& id) { return requirements.contains(id); });
}

std::vector<std::string> dialects_of(const reports::Result& result) {
  std::vector<std::string> dialects;
  for (const reports::RequirementResult& row : result.requirements) {
    const bool is_new = std::find(dialects.begin(), dialects.end(), row.dialect) == dialects.end();
    if (is_new && row.dialect != to_string(RequirementDialect::kBoth)) dialects.push_back(row.dialect);
  }
  return dialects;
}

}  // namespace

bool decides(const reports::RequirementResult& row, const reports::Result& result) {
  return row.provable &&
         (row.set == to_string(RequirementSet::kCore) || result.set == to_string(RequirementSet::kExtended));
}

bool promise_broken(const reports::Result& result) {
  return std::any_of(result.requirements.begin(), result.requirements.end(),
                     [&](const reports::RequirementResult& row) { return reports::is_broken(row, result.set); });
}

std::string result_word(const reports::Result& result) {
  Part whole;
  whole.complete = result.complete;
  for (const reports::RequirementResult& row : result.requirements) {
    if (decides(row, result)) whole.rows.push_back(&row);
  }
  for (const reports::ScenarioResult& scenario : result.scenarios) whole.scenarios.push_back(&scenario);
  return word_of(whole);
}

std::vector<reports::ProfileResult> score(const reports::Result& result) {
  std::vector<reports::ProfileResult> lines;
  for (const std::string& dialect : dialects_of(result)) {
    for (const RequirementSet set : {RequirementSet::kCore, RequirementSet::kExtended}) {
      Part part;
      part.complete = result.complete;
      std::set<std::string> ids;
      std::vector<std::string> verdicts;
      for (const reports::RequirementResult& row : result.requirements) {
        const bool is_of_dialect = row.dialect == dialect || row.dialect == to_string(RequirementDialect::kBoth);
        if (!is_of_dialect || row.set != to_string(set)) continue;
        ids.insert(row.id);
        verdicts.push_back(row.verdict);
        if (row.provable) part.rows.push_back(&row);
      }
      if (verdicts.empty()) continue;
      for (const reports::ScenarioResult& scenario : result.scenarios) {
        if (scenario.dialect == dialect && speaks_of(scenario, ids)) part.scenarios.push_back(&scenario);
      }
      lines.push_back({dialect, std::string(to_string(set)), word_of(part), count_verdicts(verdicts)});
    }
  }
  return lines;
}

reports::Statistics count_verdicts(const std::vector<std::string>& verdicts) {
  reports::Statistics statistics;
  for (int verdict = 0; verdict <= static_cast<int>(Verdict::kHarnessError); ++verdict) {
    const std::string_view word = to_string(static_cast<Verdict>(verdict));
    const auto count = std::count(verdicts.begin(), verdicts.end(), word);
    statistics.emplace_back(word, static_cast<std::uint64_t>(count));
  }
  return statistics;
}

}  // namespace pinproof::conformance
