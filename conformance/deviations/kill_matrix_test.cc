#include "conformance/deviations/kill_matrix.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <variant>

#include "conformance/deviations/deviation_json.h"
#include "conformance/deviations/deviation_store.h"
#include "conformance/deviations/kill_matrix_json.h"
#include "conformance/scenario/scenario_json.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

template <class T>
T taken(sim::Parsed<T> parsed) {
  if (const auto* const error = std::get_if<sim::InputError>(&parsed)) throw std::runtime_error(error->message());
  return std::get<T>(std::move(parsed));
}

Scenario scenario(const std::string& name, const std::string& requirement, const std::string& steps,
                  const std::string& when = "") {
  return taken(parse_scenario("test.json",
                              R"({"scenario": 1, "id": "helodata/test/)" + name +
                                  R"(", "title": "t", "dialect": "helodata", "requirements": [")" + requirement +
                                  R"("],)" + when + R"( "steps": [)" + steps + "]}",
                              shipped_catalogue()));
}

const std::string kThirtyOneIsRefused = R"({"request": "a", "user": {"session": "@s", "minutes": 31},
    "expect": [{"requirement": "H-STK-6", "outcome": "refused"}]})";

/// The pinned exit serves again a minute later.
const std::string kHolds = R"({"request": "a", "user": {"session": "@s", "minutes": 2}}, {"wait": "1m"},
    {"request": "b", "user": {"session": "@s", "minutes": 2},
     "expect": [{"requirement": "H-STK-1", "exit": {"same_as": "a"}}]})";

Deviation deviation(const std::string& id, const std::string& breaks, const std::string& path,
                    const std::string& value) {
  static const RulesTexts texts = taken(load_rules_texts(PINPROOF_SOURCE_DIR));
  return taken(parse_deviation(id + ".json",
                               R"({"id": ")" + id + R"(", "title": "t", "dialect": "helodata", )" + breaks +
                                   R"(, "edits": [{"op": "replace", "path": ")" + path + R"(", "value": )" + value +
                                   "}]}",
                               shipped_catalogue(), texts));
}

Deviation cap_of_31(const std::string& id, const std::string& requirement) {
  return deviation(id, R"("requirement": ")" + requirement + "\"", "/session/window/minutes_cap", "31");
}

KillMatrix tried(const std::vector<Deviation>& deviations, const std::vector<Scenario>& scenarios,
                 KillMatrixOptions options = {}) {
  return try_deviations(
      deviations, {shipped_target_options("helodata").rules}, scenarios, shipped_catalogue(),
      [](const sim::Rules& rules, const Readings& readings) {
        SimulatedTargetOptions target = shipped_target_options(rules.dialect);
        target.rules = rules;
        target.readings = readings;
        return std::make_unique<SimulatedTarget>(target);
      },
      options);
}

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

TEST(KillMatrix, AKillCountsWhenTheMatchingRequirementFails) {
  const KillMatrix matrix = tried({cap_of_31("cap", "H-STK-6")}, {scenario("cap", "H-STK-6", kThirtyOneIsRefused)});
  ASSERT_EQ(matrix.deviations.size(), 1U);
  const WrongGateway& row = matrix.deviations[0];
  EXPECT_EQ(row.outcome, DeviationOutcome::kKilled);
  EXPECT_EQ(row.requirement, "H-STK-6");
  EXPECT_EQ(row.verdict, "fail");
  ASSERT_EQ(row.kills.size(), 1U);
  EXPECT_EQ(row.kills[0].scenario, "helodata/test/cap");
  EXPECT_TRUE(row.kills[0].by_expectation);
  EXPECT_TRUE(proves_the_suite(matrix));
  EXPECT_FALSE(harness_failed(matrix));
}

TEST(KillMatrix, WhatNoScenarioShowsSurvives) {
  const KillMatrix matrix = tried({cap_of_31("cap", "H-STK-6")}, {scenario("holds", "H-STK-1", kHolds)});
  ASSERT_EQ(matrix.deviations.size(), 1U);
  EXPECT_EQ(matrix.deviations[0].outcome, DeviationOutcome::kSurvived);
  EXPECT_TRUE(matrix.deviations[0].kills.empty());
  EXPECT_TRUE(matrix.deviations[0].others.empty());
  EXPECT_FALSE(proves_the_suite(matrix));
}

TEST(KillMatrix, WithItsOwnScenariosFirstADeviationIsKilledAllTheSame) {
  KillMatrixOptions options;
  options.own_scenarios_first = true;
  const Scenario own = scenario("own", "H-STK-6", kThirtyOneIsRefused);
  // It does not speak of the cap, but the monitors see it broken.
  const Scenario other = scenario("other", "H-STK-1", R"({"request": "a", "user": {"session": "@s", "minutes": 31}})");
  const KillMatrix by_own = tried({cap_of_31("cap", "H-STK-6")}, {other, own}, options);
  ASSERT_EQ(by_own.deviations.at(0).kills.size(), 1U);
  EXPECT_EQ(by_own.deviations[0].kills[0].scenario, "helodata/test/own");
  EXPECT_FALSE(by_own.whole);
  const KillMatrix by_others = tried({cap_of_31("cap", "H-STK-6")}, {other}, options);
  EXPECT_EQ(by_others.deviations.at(0).outcome, DeviationOutcome::kKilled);
  EXPECT_EQ(by_others.deviations[0].kills.at(0).scenario, "helodata/test/other");
}

TEST(KillMatrix, AFailureOfAnotherRequirementIsNoKill) {
  const KillMatrix matrix = tried({cap_of_31("cap", "H-STK-1")}, {scenario("cap", "H-STK-6", kThirtyOneIsRefused)});
  ASSERT_EQ(matrix.deviations.size(), 1U);
  EXPECT_EQ(matrix.deviations[0].outcome, DeviationOutcome::kKilledByOthers);
  EXPECT_TRUE(contains(matrix.deviations[0].others, "H-STK-6"));
  EXPECT_FALSE(contains(matrix.deviations[0].others, "H-STK-1"));
  EXPECT_FALSE(proves_the_suite(matrix));
}

TEST(KillMatrix, TheShippedGatewayHasToPass) {
  const Scenario impossible = scenario(
      "impossible", "H-STK-6",
      R"({"request": "a", "user": {"session": "@s", "minutes": 30}, "expect": [{"requirement": "H-STK-6", "status": 418}]})");
  const KillMatrix matrix = tried({cap_of_31("cap", "H-STK-6")}, {impossible});
  EXPECT_EQ(matrix.deviations.at(0).outcome, DeviationOutcome::kKilled);
  ASSERT_EQ(matrix.references.size(), 1U);
  EXPECT_EQ(matrix.references[0].id, "helodata");
  EXPECT_EQ(matrix.references[0].failed, std::vector<std::string>{"H-STK-6"});
  ASSERT_EQ(matrix.references[0].not_passed.size(), 1U);
  EXPECT_EQ(matrix.references[0].not_passed[0].verdict, "fail");
  EXPECT_FALSE(proves_the_suite(matrix));
}

TEST(KillMatrix, APreconditionThatIsNotMetIsNoPassForWhatIsRight) {
  const Scenario unreachable =
      scenario("unreachable", "H-STK-1",
               R"({"request": "a", "user": {"session": "@s", "minutes": 30}, "expect": [{"status": 418}]})");
  const KillMatrix matrix = tried({cap_of_31("cap", "H-STK-6")}, {unreachable});
  EXPECT_EQ(matrix.references.at(0).not_passed.at(0).verdict, "setup_fail");
  EXPECT_FALSE(matrix.references[0].passed());
}

TEST(KillMatrix, ADeviationThatConformsHasToPass) {
  const std::vector<Scenario> suite{scenario("cap", "H-STK-6", kThirtyOneIsRefused)};
  const Deviation good = deviation("trial", R"("conforms": true)", "/plans/1/connections", "24");
  const Deviation bad = deviation("wide", R"("conforms": true)", "/session/window/minutes_cap", "31");
  const KillMatrix matrix = tried({good, bad}, suite);
  EXPECT_TRUE(matrix.deviations.empty());
  ASSERT_EQ(matrix.conforming.size(), 2U);
  EXPECT_TRUE(matrix.conforming[0].passed());
  EXPECT_FALSE(matrix.conforming[1].passed());
  EXPECT_TRUE(contains(matrix.conforming[1].failed, "H-STK-6"));
  EXPECT_FALSE(proves_the_suite(matrix));
  EXPECT_TRUE(proves_the_suite(tried({good}, suite)));
}

// Under readings that the shipped gateway does not follow, the conforming variant is what a wrong one is an edit of.
TEST(KillMatrix, AConformingVariantStandsForTheShippedGatewayUnderItsReadings) {
  const std::string clamp = R"("readings": {"over_cap": "clamp"}, )";
  const Deviation wide = deviation("wide", clamp + R"("requirement": "H-STK-6")", "/session/window/minutes_cap", "31");
  const Deviation base = deviation("base", clamp + R"("conforms": true)", "/session/window/over_cap", "\"clamp\"");
  const std::vector<Scenario> suite{
      scenario("cap", "H-STK-6", kThirtyOneIsRefused, R"("when": {"over_cap": "reject"},)")};

  const KillMatrix alone = tried({wide}, suite);
  ASSERT_EQ(alone.references.size(), 2U);
  EXPECT_TRUE(alone.references[0].readings.empty());
  EXPECT_EQ(alone.references[1].readings, (NamedReadings{{"over_cap", "clamp"}}));
  EXPECT_EQ(alone.deviations.at(0).outcome, DeviationOutcome::kSurvived) << "the scenario is not for these readings";

  const KillMatrix both = tried({base, wide}, suite);
  ASSERT_EQ(both.references.size(), 1U);
  EXPECT_TRUE(both.references[0].readings.empty());
  EXPECT_EQ(gateways_to_try({base, wide}, {shipped_target_options("helodata").rules}, shipped_catalogue()), 3U);
}

TEST(KillMatrix, ListsWhatNoDeviationNeeds) {
  const std::vector<Scenario> suite{scenario("cap", "H-STK-6", kThirtyOneIsRefused),
                                    scenario("holds", "H-STK-1", kHolds)};
  const KillMatrix matrix = tried({cap_of_31("cap", "H-STK-6")}, suite);
  EXPECT_EQ(matrix.idle_scenarios, std::vector<std::string>{"helodata/test/holds"});
  EXPECT_FALSE(contains(matrix.requirements_unkilled, "H-STK-6"));
  EXPECT_TRUE(contains(matrix.requirements_unkilled, "H-STK-1"));
  EXPECT_FALSE(contains(matrix.requirements_unkilled, "C-SES-1")) << "no gateway of that dialect was tried";
  EXPECT_FALSE(contains(matrix.requirements_unkilled, "H-ROT-2")) << "it permits, so nothing can break it";
  EXPECT_FALSE(contains(matrix.requirements_unkilled, "G-3")) << "the simulator has no real bytes";

  KillMatrixOptions part;
  part.whole = false;
  EXPECT_TRUE(tried({cap_of_31("cap", "H-STK-6")}, suite, part).idle_scenarios.empty());
}

TEST(KillMatrix, TheSameBytesWhateverTheJobs) {
  const std::vector<Deviation> deviations{cap_of_31("a", "H-STK-6"), cap_of_31("b", "H-STK-1"),
                                          deviation("c", R"("conforms": true)", "/plans/1/connections", "24"),
                                          cap_of_31("d", "H-KEY-1")};
  const std::vector<Scenario> suite{scenario("cap", "H-STK-6", kThirtyOneIsRefused),
                                    scenario("holds", "H-STK-1", kHolds)};
  KillMatrixOptions three;
  three.jobs = 3;
  EXPECT_EQ(to_json(tried(deviations, suite), "1"), to_json(tried(deviations, suite, three), "1"));
}

TEST(KillMatrix, StoppedItSaysThatItIsNotComplete) {
  std::atomic<bool> stop = false;
  std::vector<std::string> told;
  KillMatrixOptions options;
  options.stop = &stop;
  options.on_gateway = [&](const std::string& id) {
    told.push_back(id);
    stop = told.size() == 2;
  };
  const KillMatrix matrix = tried({cap_of_31("a", "H-STK-6"), cap_of_31("b", "H-STK-6")},
                                  {scenario("cap", "H-STK-6", kThirtyOneIsRefused)}, options);
  EXPECT_EQ(told, (std::vector<std::string>{"helodata", "a"}));
  EXPECT_FALSE(matrix.complete);
  EXPECT_EQ(matrix.references.size(), 1U);
  ASSERT_EQ(matrix.deviations.size(), 1U);
  EXPECT_EQ(matrix.deviations[0].id, "a");
  EXPECT_TRUE(matrix.requirements_unkilled.empty());
}

}  // namespace
}  // namespace pinproof::conformance
