#include "conformance/player/player.h"

#include <gtest/gtest.h>

#include "conformance/history/history_writer.h"
#include "conformance/scenario/scenario_json.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

Scenario scenario(const std::string& dialect, const std::string& requirement, const std::string& steps) {
  const std::string text = R"({"scenario": 1, "id": ")" + dialect + R"(/test/player", "title": "t", "dialect": ")" +
                           dialect + R"(", "requirements": [")" + requirement + R"("], "steps": [)" + steps + "]}";
  auto parsed = parse_scenario("test.json", text, shipped_catalogue());
  if (const auto* const error = std::get_if<sim::InputError>(&parsed)) {
    ADD_FAILURE() << error->message();
    return {};
  }
  return std::get<Scenario>(std::move(parsed));
}

History played(const Scenario& scenario, PlayOptions options = {}) {
  const auto target = shipped_target(scenario.dialect);
  HistoryKeeper keeper;
  play(scenario, shipped_catalogue(), *target, options, keeper);
  return keeper.take();
}

template <class Kind>
std::vector<Kind> of_kind(const History& history) {
  std::vector<Kind> found;
  for (const Record& record : history.records) {
    if (const auto* const one = std::get_if<Kind>(&record)) found.push_back(*one);
  }
  return found;
}

TEST(Player, SaysInTheHeaderAllThatTheJudgeNeeds) {
  const History history = played(scenario("helodata", "H-STK-1", R"({"request": "a"})"), {42, "pinproof 0.1.0", 10});
  EXPECT_EQ(history.header.scenario, "helodata/test/player");
  EXPECT_EQ(history.header.requirements, std::vector<std::string>{"H-STK-1"});
  EXPECT_EQ(history.header.seed, 42U);
  EXPECT_EQ(history.header.promised.window_cap, 30min);
  EXPECT_EQ(history.header.readings.at("over_cap"), "reject");
  EXPECT_EQ(history.header.exits.size(), 41U);
}

TEST(Player, LabelsABurstAndKeepsItsPace) {
  const History history = played(scenario("helodata", "H-ROT-1", R"({"burst": "b", "count": 3, "every": "2s"})"));
  const auto seen = of_kind<Observation>(history);
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen[0].label, "b[1]");
  EXPECT_EQ(seen[2].label, "b[3]");
  EXPECT_EQ(seen[2].sent_at, sim::kStart + 4s);
  EXPECT_EQ(seen[2].step, "/steps/0");
}

TEST(Player, ExpectationsFollowWhatTheyAreAbout) {
  const History history = played(scenario(
      "helodata", "H-STK-1", R"({"request": "a", "expect": [{"requirement": "H-STK-1", "outcome": "served"}]})"));
  std::vector<std::string> kinds;
  for (const Record& record : history.records) kinds.push_back(record_line(record).substr(11, 8));
  const auto expected = of_kind<Expected>(history);
  ASSERT_EQ(expected.size(), 1U);
  EXPECT_EQ(expected[0].expectation.of, Labels{"a"});
  EXPECT_EQ(kinds.back(), "journal_");
  EXPECT_EQ(kinds.at(kinds.size() - 2), "expected");
}

TEST(Player, WaitsFromTheSendingOfAStep) {
  const History history =
      played(scenario("helodata", "H-STK-3",
                      R"({"request": "a"}, {"wait": "10s"}, {"wait": "29m59s", "after": "a"}, {"request": "b"})"));
  EXPECT_EQ(of_kind<Observation>(history).at(1).sent_at, sim::kStart + 29min + 59s);
}

TEST(Player, AnInstantInThePastCannotBeReached) {
  const History history =
      played(scenario("helodata", "H-STK-3", R"({"request": "a"}, {"wait": "10s"}, {"wait": "4s", "after": "a"})"));
  const auto trouble = of_kind<Trouble>(history);
  ASSERT_EQ(trouble.size(), 1U);
  EXPECT_EQ(trouble[0].verdict, Verdict::kSetupFail);
  EXPECT_EQ(trouble[0].step, "/steps/2");
  EXPECT_EQ(trouble[0].what, "4s after `a` had passed already, by 6s");
}

TEST(Player, UsesTheSessionThatWasIssued) {
  const History history = played(scenario(
      "crawlera", "C-SES-2", R"({"request": "a", "session": "create"}, {"request": "b", "session": {"of": "a"}})"));
  const auto seen = of_kind<Observation>(history);
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].session, "create");
  EXPECT_EQ(seen[1].session, seen[0].headers.find("X-Crawlera-Session"));
  EXPECT_EQ(seen[1].exit_by_origin, seen[0].exit_by_origin);
}

TEST(Player, ASessionThatWasNeverIssuedStopsThePlay) {
  const History history = played(scenario(
      "crawlera", "C-SES-2",
      R"({"request": "a", "session": "create", "credentials": "wrong_password"}, {"request": "b", "session": {"of": "a"}})"));
  const auto trouble = of_kind<Trouble>(history);
  ASSERT_EQ(trouble.size(), 1U);
  EXPECT_EQ(trouble[0].verdict, Verdict::kSetupFail);
  EXPECT_EQ(trouble[0].what, "no session id came in the answer to `a`");
  EXPECT_EQ(of_kind<Observation>(history).size(), 1U);
}

TEST(Player, DropsTheExitThatServesARequestInFlight) {
  const History history =
      played(scenario("helodata", "H-PIN-9",
                      R"({"begin": "a", "answer_bytes": 100, "gate_at": 50, "user": {"session": "@s", "minutes": 30}},
                                             {"drop": {"served": "a"}}, {"await": "a"})"));
  const auto seen = of_kind<Observation>(history);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(of_kind<ExitActed>(history).at(0).exit, seen[0].exit_by_origin);
  EXPECT_EQ(seen[0].end, AnswerEnd::kCut);
}

TEST(Player, ActsOnExitsByPlaceAndOnOneThatDidNotServe) {
  const History history = played(scenario(
      "helodata", "H-PIN-7",
      R"({"request": "a"}, {"drop": {"not_served": "a", "where": {"region": "us"}}}, {"restore": {"where": {"region": "jp"}}})"));
  const auto acted = of_kind<ExitActed>(history);
  ASSERT_EQ(acted.size(), 3U);
  EXPECT_NE(acted[0].exit, of_kind<Observation>(history).at(0).exit_by_origin);
}

TEST(Player, RefusesToSendWithoutEnd) {
  const History history = played(scenario("helodata", "H-ROT-1", R"({"burst": "b", "count": 11})"), {1, "", 10});
  EXPECT_EQ(of_kind<Trouble>(history).at(0).verdict, Verdict::kHarnessError);
  EXPECT_EQ(of_kind<Trouble>(history).at(0).what, "more than 10 requests");
  EXPECT_TRUE(of_kind<Observation>(history).empty());
}

TEST(Player, TheSameSeedGivesTheSameBytesAndAnotherDoesNot) {
  const Scenario sticky =
      scenario("helodata", "H-STK-1", R"({"burst": "b", "count": 5, "user": {"session": "@s", "minutes": 30}})");
  EXPECT_EQ(history_text(played(sticky)), history_text(played(sticky)));
  EXPECT_NE(history_text(played(sticky)), history_text(played(sticky, {2, "", 10})));
}

}  // namespace
}  // namespace pinproof::conformance
