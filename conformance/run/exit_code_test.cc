#include "conformance/run/exit_code.h"

#include <gtest/gtest.h>

#include <vector>

#include "conformance/run/score.h"

namespace pinproof::conformance {
namespace {

struct Row {
  std::string verdict;
  std::string level = "must";
  std::string set = "core";
};

struct ExitCodeCase {
  std::string name;
  std::vector<std::string> scenarios;
  std::vector<Row> rows;
  int code;
  int strict_code;
  std::string word;
  std::string set = "core";
  bool complete = true;
};

reports::Result result_of(const ExitCodeCase& one) {
  reports::Result result;
  result.set = one.set;
  result.complete = one.complete;
  for (const std::string& verdict : one.scenarios) {
    reports::ScenarioResult scenario;
    scenario.verdict = verdict;
    result.scenarios.push_back(scenario);
  }
  for (const Row& said : one.rows) {
    reports::RequirementResult row;
    row.verdict = said.verdict;
    row.level = said.level;
    row.set = said.set;
    result.requirements.push_back(row);
  }
  return result;
}

class ExitCodes : public testing::TestWithParam<ExitCodeCase> {};

TEST_P(ExitCodes, AreAsTheDesignSays) {
  const reports::Result result = result_of(GetParam());
  EXPECT_EQ(exit_code(result, false), GetParam().code);
  EXPECT_EQ(exit_code(result, true), GetParam().strict_code);
  EXPECT_EQ(result_word(result), GetParam().word);
}

INSTANTIATE_TEST_SUITE_P(
    Result, ExitCodes,
    testing::Values(
        ExitCodeCase{"AllPassed", {"pass", "pass"}, {{"pass"}, {"pass"}}, 0, 0, "pass"},
        ExitCodeCase{"OneBroken", {"pass", "fail"}, {{"pass"}, {"fail"}}, 1, 1, "fail"},
        ExitCodeCase{"BrokenBeatsSetup", {"setup_fail", "fail"}, {{"fail"}, {"setup_fail"}}, 1, 1, "fail"},
        ExitCodeCase{"SetupBeatsStrict",
                     {"setup_fail", "inconclusive"},
                     {{"pass"}, {"setup_fail"}, {"inconclusive"}},
                     3,
                     3,
                     "inconclusive"},
        ExitCodeCase{"SetupFailed", {"pass", "setup_fail"}, {{"pass"}, {"setup_fail"}}, 3, 3, "partial"},
        ExitCodeCase{"HarnessFailed", {"pass", "harness_error"}, {{"pass"}}, 3, 3, "partial"},
        ExitCodeCase{"Undecided", {"pass", "inconclusive"}, {{"pass"}, {"inconclusive"}}, 0, 4, "inconclusive"},
        ExitCodeCase{"NotTestable", {"pass", "not_testable"}, {{"pass"}, {"not_testable"}}, 0, 4, "partial"},
        ExitCodeCase{"NotExercised", {"pass"}, {{"pass"}, {"not_exercised"}}, 0, 4, "partial"},
        ExitCodeCase{"NotOffered", {"pass", "not_supported"}, {{"pass"}, {"not_supported"}}, 0, 0, "pass"},
        ExitCodeCase{"BestEffortNeverFailsARun", {"fail", "pass"}, {{"fail", "best-effort"}, {"pass"}}, 0, 0, "pass"},
        ExitCodeCase{
            "ExtendedDoesNotDecide", {"fail", "pass"}, {{"fail", "field", "extended"}, {"pass"}}, 0, 0, "pass"},
        ExitCodeCase{"ExtendedDecidesWhenAsked",
                     {"fail", "pass"},
                     {{"fail", "field", "extended"}, {"pass"}},
                     1,
                     1,
                     "fail",
                     "extended"},
        ExitCodeCase{"NothingRan", {}, {{"not_exercised"}}, 3, 3, "inconclusive"},
        ExitCodeCase{"NothingCouldRun", {"not_testable", "not_supported"}, {{"not_testable"}}, 3, 3, "inconclusive"},
        ExitCodeCase{"Interrupted", {"pass"}, {{"pass"}}, 3, 3, "partial", "core", false},
        ExitCodeCase{"InterruptedAfterABreak", {"fail"}, {{"fail"}}, 1, 1, "fail", "core", false}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace pinproof::conformance
