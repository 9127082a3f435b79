#include "reports/matrix_json.h"

#include <gtest/gtest.h>

#include <string>

namespace pinproof::reports {
namespace {

const std::string kSmall = R"({
  "deviations_result": 1, "program": "pinproof", "version": "0.1.0", "seed": 7, "complete": true, "whole": true,
  "proved": false, "counts": {"scenarios": 182, "deviations": 1, "killed": 0, "killed_by_others": 1, "survived": 0},
  "references": [{"id": "helodata", "title": "as it ships", "dialect": "helodata", "readings": {}, "passed": true,
                  "failed": [], "not_passed": []}],
  "conforming": [{"id": "late", "title": "Late", "dialect": "crawlera", "readings": {"over_ceiling": "still_900"},
                  "passed": false, "failed": ["C-PAC-3"],
                  "not_passed": [{"scenario": "crawlera/pacing/ceiling", "verdict": "fail", "reason": "held for 901s"}]}],
  "deviations": [{"id": "silent", "title": "Says nothing", "dialect": "helodata", "readings": {},
                  "requirement": "H-PIN-2", "outcome": "killed_by_others", "verdict": "pass", "reason": "none",
                  "kills": [{"scenario": "helodata/pin/on-connect", "by": ["expectation", "monitor"], "reason": "r"}],
                  "others": ["H-STK-1"],
                  "harness_errors": [{"scenario": "s", "verdict": "harness_error", "reason": "broke"}]}],
  "idle_scenarios": ["helodata/rotating/kept-alive"], "requirements_unkilled": ["H-PIN-2"]})";

std::string error_of(const std::string& text) {
  const auto read = parse_matrix(text);
  const auto* const error = std::get_if<ResultError>(&read);
  return error == nullptr ? "" : error->message();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(MatrixJson, IsReadAsItWasPrinted) {
  const auto read = parse_matrix(kSmall);
  ASSERT_TRUE(std::holds_alternative<Matrix>(read)) << error_of(kSmall);
  const Matrix& matrix = std::get<Matrix>(read);
  EXPECT_EQ(matrix.seed, 7U);
  EXPECT_EQ(matrix.scenarios, 182U);
  EXPECT_FALSE(matrix.proved);
  ASSERT_EQ(matrix.right.size(), 2U);
  EXPECT_EQ(matrix.right[0].outcome, "passed");
  EXPECT_EQ(matrix.right[1].outcome, "not_passed");
  EXPECT_EQ(matrix.right[1].scenarios.at(0).reason, "held for 901s");
  ASSERT_EQ(matrix.wrong.size(), 1U);
  EXPECT_EQ(matrix.wrong[0].requirement, "H-PIN-2");
  EXPECT_EQ(matrix.wrong[0].scenarios.at(0).word, "expectation, monitor");
  EXPECT_EQ(matrix.wrong[0].others, std::vector<std::string>{"H-STK-1"});
  EXPECT_EQ(matrix.wrong[0].harness_errors.at(0).reason, "broke");
  EXPECT_EQ(matrix.idle_scenarios, std::vector<std::string>{"helodata/rotating/kept-alive"});
}

TEST(MatrixJson, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(error_of("{"), "found text that is not JSON, expected a matrix of `pinproof deviations --json`");
  EXPECT_EQ(error_of("[]"), "found an object without it, expected the key \"deviations_result\"");
  EXPECT_EQ(error_of(replaced(kSmall, "result\": 1", "result\": 2")),
            "at /deviations_result: found 2, expected 1, the only version that this program reads");
  EXPECT_EQ(error_of(replaced(kSmall, "\"seed\": 7", "\"seed\": -7")),
            "at /seed: found -7, expected an integer from 0");
  EXPECT_EQ(error_of(replaced(kSmall, "[\"H-STK-1\"]", "[1]")),
            "at /deviations/0/others/0: found 1, expected a string");
}

TEST(MatrixJson, IsToldFromAResult) {
  EXPECT_TRUE(is_matrix(kSmall));
  EXPECT_FALSE(is_matrix("{\"format\": 2}"));
  EXPECT_FALSE(is_matrix("deviations_result"));
}

}  // namespace
}  // namespace pinproof::reports
