#include "conformance/run/score.h"

#include <gtest/gtest.h>

namespace pinproof::conformance {
namespace {

reports::RequirementResult row(std::string id, std::string dialect, std::string verdict, std::string set = "core",
                               std::string level = "must") {
  reports::RequirementResult result;
  result.id = std::move(id);
  result.dialect = std::move(dialect);
  result.verdict = std::move(verdict);
  result.set = std::move(set);
  result.level = std::move(level);
  return result;
}

reports::ScenarioResult scenario(std::string dialect, std::string requirement, std::string verdict) {
  reports::ScenarioResult result;
  result.dialect = std::move(dialect);
  result.requirements = {std::move(requirement)};
  result.verdict = std::move(verdict);
  return result;
}

reports::Result both_dialects() {
  reports::Result result;
  result.set = "core";
  result.requirements = {row("H-1", "helodata", "pass"), row("H-EXT-1", "helodata", "fail", "extended", "field"),
                         row("C-1", "crawlera", "not_testable"), row("C-2", "crawlera", "pass"),
                         row("G-1", "both", "pass")};
  result.scenarios = {scenario("helodata", "H-1", "pass"), scenario("crawlera", "C-2", "pass")};
  return result;
}

/// "helodata core pass 2 of 2", passed of all, a line each.
std::string words(const reports::Result& result) {
  std::string text;
  for (const reports::ProfileResult& line : score(result)) {
    std::uint64_t all = 0;
    for (const auto& [word, times] : line.statistics) all += times;
    text += line.dialect + " " + line.set + " " + line.result + " " + std::to_string(line.statistics.at(0).second) +
            " of " + std::to_string(all) + "\n";
  }
  return text;
}

TEST(Score, HasALineForEachDialectAndSet) {
  EXPECT_EQ(words(both_dialects()),
            "helodata core pass 2 of 2\n"
            "helodata extended fail 0 of 1\n"
            "crawlera core partial 2 of 3\n");
}

TEST(Score, ABestEffortRowBreaksNothing) {
  reports::Result result = both_dialects();
  result.requirements[0].level = "best-effort";
  result.requirements[0].verdict = "fail";
  EXPECT_EQ(words(result).substr(0, 26), "helodata core pass 1 of 2\n");
}

TEST(Score, ATroubledScenarioMakesItsOwnSetPartial) {
  reports::Result result = both_dialects();
  result.scenarios.push_back(scenario("helodata", "H-1", "harness_error"));
  EXPECT_EQ(words(result).substr(0, 29), "helodata core partial 2 of 2\n");
  result.scenarios.back().requirements = {"H-EXT-1"};
  EXPECT_EQ(words(result).substr(0, 26), "helodata core pass 2 of 2\n");
}

TEST(Score, AnInterruptedRunIsPartial) {
  reports::Result result = both_dialects();
  result.complete = false;
  EXPECT_EQ(words(result).substr(0, 29), "helodata core partial 2 of 2\n");
}

TEST(Score, WhatNoHistoryCanShowDecidesNothing) {
  reports::Result result;
  result.set = "core";
  result.requirements = {row("G-1", "both", "pass"), row("G-2", "both", "not_testable")};
  EXPECT_EQ(result_word(result), "partial");
  result.requirements[1].provable = false;
  EXPECT_FALSE(decides(result.requirements[1], result));
  EXPECT_EQ(result_word(result), "pass");
}

TEST(Score, CountsEveryWord) {
  const reports::Statistics expected{{"pass", 2},          {"fail", 1},         {"inconclusive", 0},
                                     {"not_exercised", 0}, {"not_testable", 0}, {"not_supported", 0},
                                     {"setup_fail", 0},    {"harness_error", 1}};
  EXPECT_EQ(count_verdicts({"pass", "fail", "pass", "harness_error"}), expected);
}

}  // namespace
}  // namespace pinproof::conformance
