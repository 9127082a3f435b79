#include "conformance/run/exit_code.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "conformance/history/verdict.h"
#include "conformance/run/score.h"

namespace pinproof::conformance {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<Verdict> verdicts) {
  return std::any_of(verdicts.begin(), verdicts.end(), [&](Verdict verdict) { return to_string(verdict) == word; });
}

bool any_scenario(const reports::Result& result, std::initializer_list<Verdict> verdicts) {
  return std::any_of(result.scenarios.begin(), result.scenarios.end(),
                     [&](const reports::ScenarioResult& scenario) { return is_one_of(scenario.verdict, verdicts); });
}

bool any_row(const reports::Result& result, std::initializer_list<Verdict> verdicts) {
  return std::any_of(
      result.requirements.begin(), result.requirements.end(),
      [&](const reports::RequirementResult& row) { return decides(row, result) && is_one_of(row.verdict, verdicts); });
}

bool executed_something(const reports::Result& result) {
  return any_scenario(result, {Verdict::kPass, Verdict::kFail, Verdict::kInconclusive, Verdict::kNotExercised});
}

}  // namespace

int exit_code(const reports::Result& result, bool strict) {
  // A ledger says of every verdict whether it is expected, and so decides alone.
  if (result.ledger) {
    if (!result.ledger->differences.empty()) return 1;
    return result.complete && !result.scenarios.empty() ? 0 : 3;
  }
  if (promise_broken(result)) return 1;
  if (!result.complete || !executed_something(result)) return 3;
  if (any_scenario(result, {Verdict::kSetupFail, Verdict::kHarnessError})) return 3;
  const bool open = any_row(result, {Verdict::kInconclusive, Verdict::kNotTestable, Verdict::kNotExercised}) ||
                    any_scenario(result, {Verdict::kInconclusive, Verdict::kNotTestable, Verdict::kNotExercised});
  return strict && open ? 4 : 0;
}

}  // namespace pinproof::conformance
