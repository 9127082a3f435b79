#include "conformance/run/suite.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "conformance/history/history_reader.h"
#include "conformance/judge/judge.h"
#include "conformance/run/sha256.h"
#include "conformance/scenario/scenario_json.h"
#include "conformance/target/shipped_target_testing.h"
#include "reports/result_json.h"

namespace pinproof::conformance {
namespace {

Scenario scenario(const std::string& name, const std::string& requirements, const std::string& steps,
                  const std::string& dialect = "helodata") {
  const std::string text = R"({"scenario": 1, "id": ")" + dialect + R"(/test/)" + name +
                           R"(", "title": "t", "dialect": ")" + dialect + R"(", "requirements": [)" + requirements +
                           R"(], "steps": [)" + steps + "]}";
  auto parsed = parse_scenario("test.json", text, shipped_catalogue());
  if (const auto* const error = std::get_if<sim::InputError>(&parsed)) {
    ADD_FAILURE() << error->message();
    return {};
  }
  return std::get<Scenario>(std::move(parsed));
}

Scenario good(const std::string& name) {
  return scenario(name, R"("H-STK-1")",
                  R"({"burst": "b", "count": 3, "user": {"session": "@s", "minutes": 30},
                      "expect": [{"requirement": "H-STK-1", "exit": {"same_as": "b[1]"}}]})");
}

Scenario bad(const std::string& name, const std::string& requirement = "H-STK-1") {
  return scenario(name, "\"" + requirement + "\"",
                  R"({"request": "a", "user": {"session": "@s", "minutes": 30},
                      "expect": [{"requirement": ")" +
                      requirement + R"(", "status": 418}]})");
}

reports::Result run(const std::vector<Scenario>& scenarios, SuiteOptions options = {}) {
  options.version = "0.1.0";
  return run_suite(
      scenarios, shipped_catalogue(), [](const std::string& dialect) { return shipped_target(dialect); }, options);
}

const reports::RequirementResult& row(const reports::Result& result, const std::string& id) {
  const auto found = std::find_if(result.requirements.begin(), result.requirements.end(),
                                  [&](const reports::RequirementResult& one) { return one.id == id; });
  if (found == result.requirements.end()) throw std::runtime_error("no row " + id);
  return *found;
}

TEST(Suite, ListsEveryRequirementOfTheDialectWhateverTheScenariosSay) {
  const reports::Result result = run({good("a")});
  EXPECT_EQ(row(result, "H-STK-1").verdict, "pass");
  EXPECT_EQ(row(result, "H-STK-1").evidence.at(0).scenario, "helodata/test/a");
  EXPECT_EQ(row(result, "H-PIN-1").verdict, "not_exercised");
  EXPECT_EQ(row(result, "H-STK-3").reading, "window_clock=absolute, failed_first_request_starts_window=open");
  const auto crawlera = [](const reports::RequirementResult& one) { return one.id.starts_with("C-"); };
  EXPECT_EQ(std::count_if(result.requirements.begin(), result.requirements.end(), crawlera), 0);
}

TEST(Suite, TheWorstVerdictOfARequirementStandsWithItsEvidence) {
  const reports::Result result = run({good("a"), bad("b"), good("c")});
  EXPECT_EQ(result.result, "fail");
  EXPECT_EQ(row(result, "H-STK-1").verdict, "fail");
  ASSERT_EQ(row(result, "H-STK-1").evidence.size(), 1U);
  EXPECT_EQ(row(result, "H-STK-1").evidence[0].scenario, "helodata/test/b");
  EXPECT_EQ(row(result, "H-STK-1").evidence[0].observations, std::vector<std::uint64_t>{1});
  EXPECT_EQ(row(result, "H-STK-1").evidence[0].replay, "pinproof run --filter 'helodata/test/b' --seed 1");
  EXPECT_EQ(row(result, "H-STK-1").reason, "expected status 418 for `a`, saw 200");
  EXPECT_EQ(result.scenarios.at(1).replay, "pinproof run --filter 'helodata/test/b' --seed 1");
  ASSERT_EQ(result.scenarios.at(1).exchanges.size(), 1U);
  EXPECT_TRUE(result.scenarios.at(1).exchanges[0].evidence);
  EXPECT_TRUE(result.scenarios.at(0).exchanges.empty());
}

TEST(Suite, SaysWhoWasTestedAndWhatItComesTo) {
  SuiteOptions options;
  options.implementation = {"Acme", "4.2", "gateway@acme.test", "https://acme.test/"};
  const reports::Result result = run({good("a"), bad("b")}, options);
  EXPECT_EQ(result.implementation.version, "4.2");
  EXPECT_EQ(result.target.clock, "virtual");
  ASSERT_EQ(result.profiles.size(), 2U);
  EXPECT_EQ(result.profiles[0].dialect, "helodata");
  EXPECT_EQ(result.profiles[0].set, "core");
  EXPECT_EQ(result.profiles[0].result, "fail");
  EXPECT_EQ(result.profiles[1].set, "extended");
  EXPECT_FALSE(row(result, "G-2").provable);
  EXPECT_NE(row(result, "H-STK-1").statement, "");
  EXPECT_EQ(row(result, "H-STK-1").source.substr(0, 19), "helodata-sessions, ");
  EXPECT_EQ(result.scenarios.at(0).timing.answers, 3U);
}

TEST(Suite, CountsScenariosByEveryVerdictWord) {
  const reports::Result result = run({good("a"), bad("b"), good("c")});
  const std::vector<std::pair<std::string, std::uint64_t>> expected{
      {"pass", 2},         {"fail", 1},          {"inconclusive", 0}, {"not_exercised", 0},
      {"not_testable", 0}, {"not_supported", 0}, {"setup_fail", 0},   {"harness_error", 0}};
  EXPECT_EQ(result.statistics, expected);
}

TEST(Suite, BestEffortIsReportedAndDoesNotDecide) {
  const reports::Result result = run({good("a"), bad("b", "H-PIN-10")});
  EXPECT_EQ(row(result, "H-PIN-10").verdict, "fail");
  EXPECT_NE(result.result, "fail");
}

TEST(Suite, ExtendedRowsDecideOnlyWhenAsked) {
  SuiteOptions extended;
  extended.set = RequirementSet::kExtended;
  EXPECT_NE(run({good("a"), bad("b", "H-EXT-2")}).result, "fail");
  EXPECT_EQ(run({good("a"), bad("b", "H-EXT-2")}, extended).result, "fail");
}

TEST(Suite, WhatComesOutDoesNotDependOnTheNumberOfJobs) {
  std::vector<Scenario> scenarios;
  for (int i = 0; i < 12; ++i)
    scenarios.push_back(i % 4 == 3 ? bad("s" + std::to_string(i)) : good("s" + std::to_string(i)));
  SuiteOptions four;
  four.jobs = 4;
  EXPECT_EQ(reports::to_json(run(scenarios)), reports::to_json(run(scenarios, four)));
}

TEST(Suite, WritesHistoriesThatCanBeJudgedOnTheirOwn) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "pinproof_suite_test";
  std::filesystem::create_directories(folder);
  SuiteOptions options;
  options.histories = folder;
  const reports::Result result = run({good("a"), bad("b")}, options);
  ASSERT_EQ(result.histories.size(), 2U);
  EXPECT_EQ(result.histories[0].file, folder / "helodata.test.a.jsonl");
  EXPECT_EQ(result.histories[0].scenario, "helodata/test/a");
  EXPECT_EQ(result.histories[1].file, folder / "helodata.test.b.jsonl");
  for (std::size_t i = 0; i < result.histories.size(); ++i) {
    EXPECT_EQ(result.histories[i].sha256, sha256_of_file(result.histories[i].file));
    std::ifstream in(result.histories[i].file);
    Judge judge;
    const HistoryRead read = read_history(result.histories[i].file, in, judge);
    EXPECT_FALSE(read.error.has_value()) << read.error->message();
    const Judgement judgement = judge.conclude(read.complete);
    EXPECT_EQ(to_string(judgement.verdict), result.scenarios.at(i).verdict);
    EXPECT_EQ(judgement.reason, result.scenarios.at(i).reason);
  }
  std::filesystem::remove_all(folder);
}

TEST(Suite, AHistoryThatCannotBeWrittenIsNoPass) {
  SuiteOptions options;
  options.histories = std::filesystem::path(testing::TempDir()) / "pinproof" / "not" / "there";
  const reports::Result result = run({good("a")}, options);
  EXPECT_EQ(result.scenarios.at(0).verdict, "harness_error");
  EXPECT_EQ(result.scenarios.at(0).history, "");
  EXPECT_TRUE(result.histories.empty());
}

TEST(Suite, StoppedItSaysThatItIsNotComplete) {
  const std::atomic<bool> stop = true;
  SuiteOptions options;
  options.stop = &stop;
  const reports::Result result = run({good("a")}, options);
  EXPECT_FALSE(result.complete);
  EXPECT_TRUE(result.scenarios.empty());
}

TEST(Suite, TellsOfEachScenarioAsItEnds) {
  std::vector<std::string> told;
  SuiteOptions options;
  options.on_scenario = [&](const reports::ScenarioResult& one) { told.push_back(one.id + " " + one.verdict); };
  run({good("a"), bad("b")}, options);
  EXPECT_EQ(told, (std::vector<std::string>{"helodata/test/a pass", "helodata/test/b fail"}));
}

TEST(HistoryFileName, HoldsNothingThatAFileSystemCouldMistake) {
  EXPECT_EQ(history_file_name("helodata/sticky/holds-to-the-end"), "helodata.sticky.holds-to-the-end.jsonl");
  EXPECT_EQ(history_file_name("../x y"), "__.x_y.jsonl");
}

}  // namespace
}  // namespace pinproof::conformance
