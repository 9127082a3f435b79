#include "conformance/scenario/scenario_json.h"

#include <gmock/gmock.h>

#include "conformance/scenario/scenario_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

template <typename What>
const What& step(const Scenario& scenario, std::size_t index) {
  return std::get<What>(scenario.steps.at(index).what);
}

const RequestStep& request(const Scenario& scenario, std::size_t index) {
  return std::get<RequestStep>(step<DoStep>(scenario, index).what);
}

TEST(ParseScenario, reads_what_stands_at_the_top) {
  const Scenario scenario = parsed(
      R"({"$schema": "../../schema/scenario.schema.json", "scenario": 1, "id": "helodata/sticky/one", "title": "One exit",
          "dialect": "helodata", "requirements": ["H-STK-1", "G-1"], "when": {"over_cap": "reject"},
          "actors": {"client": "one", "other": "two"}, "users": {"S": {"session": "@s", "minutes": 30}},
          "produced_by": "pinproof 0.1.0", "seed": 7, "steps": [{"wait": "29m59s", "note": "almost"}]})");
  EXPECT_EQ(scenario.id, "helodata/sticky/one");
  EXPECT_EQ(scenario.title, "One exit");
  EXPECT_EQ(scenario.dialect, "helodata");
  EXPECT_EQ(scenario.file, "t.json");
  EXPECT_THAT(scenario.requirements, ElementsAre("H-STK-1", "G-1"));
  EXPECT_THAT(scenario.when, ElementsAre(testing::Pair("over_cap", ElementsAre("reject"))));
  EXPECT_THAT(scenario.actors, ElementsAre(testing::Pair("client", "one"), testing::Pair("other", "two")));
  EXPECT_EQ(scenario.users.at("S").session, "@s");
  EXPECT_EQ(scenario.users.at("S").minutes, "30");
  EXPECT_EQ(scenario.users.at("S").type, "res");
  EXPECT_EQ(scenario.users.at("S").region, "us");
  EXPECT_EQ(scenario.produced_by, "pinproof 0.1.0");
  EXPECT_EQ(scenario.seed, 7);
  ASSERT_EQ(scenario.steps.size(), 1);
  EXPECT_EQ(scenario.steps[0].pointer, "/steps/0");
  EXPECT_EQ(scenario.steps[0].note, "almost");
  EXPECT_EQ(step<WaitStep>(scenario, 0).duration, 29min + 59s);
}

TEST(ParseScenario, gives_a_request_its_defaults) {
  const Scenario scenario = parsed(helodata_scenario(R"({"request": "first"})"));
  const RequestStep& first = request(scenario, 0);
  EXPECT_EQ(first.label, "first");
  EXPECT_EQ(first.actor, "client");
  EXPECT_EQ(first.user, UserName{});
  EXPECT_EQ(first.via, Via::kPlain);
  EXPECT_EQ(first.connection.kind, ConnectionChoice::Kind::kNew);
  EXPECT_EQ(first.method, "GET");
  EXPECT_EQ(first.host, "site");
  EXPECT_EQ(first.answer_bytes, 16);
  EXPECT_EQ(first.answer_status, 200);
  EXPECT_EQ(first.count, 1);
}

TEST(ParseScenario, reads_every_field_of_a_request) {
  const Scenario scenario = parsed(helodata_scenario(
      R"({"burst": "b", "count": 12, "every": "1.5s", "actor": "other", "user": {"raw": "helo_{account}-x"},
          "credentials": "wrong_password", "via": "connect", "encrypted": true, "connection": {"name": "c1"}, "method": "POST",
          "host": "shop.eu", "headers": {"Accept": "a", "X": ["1", "2"]}, "body_bytes": 3, "answer_bytes": 1000,
          "answer_status": 404, "answer_cookie": "v"})",
      R"("actors": {"other": "two"}, )"));
  const RequestStep& burst = request(scenario, 0);
  EXPECT_EQ(burst.count, 12);
  EXPECT_EQ(burst.every, 1500ms);
  EXPECT_EQ(burst.actor, "other");
  EXPECT_EQ(burst.user.raw, "helo_{account}-x");
  EXPECT_EQ(burst.credentials, CredentialFault::kWrongPassword);
  EXPECT_EQ(burst.via, Via::kConnect);
  EXPECT_TRUE(burst.encrypted);
  EXPECT_EQ(burst.connection, (ConnectionChoice{ConnectionChoice::Kind::kNamed, "c1"}));
  EXPECT_EQ(burst.method, "POST");
  EXPECT_EQ(burst.host, "shop.eu");
  EXPECT_THAT(burst.headers,
              ElementsAre(testing::Pair("Accept", "a"), testing::Pair("X", "1"), testing::Pair("X", "2")));
  EXPECT_EQ(burst.body_bytes, 3);
  EXPECT_EQ(burst.answer_bytes, 1000);
  EXPECT_EQ(burst.answer_status, 404);
  EXPECT_EQ(burst.answer_cookie, "v");
}

TEST(ParseScenario, reads_how_a_request_is_broken) {
  const Scenario scenario = parsed(helodata_scenario(
      R"({"request": "a"}, {"request": "b", "shape": "garbage"}, {"request": "c", "shape": "two_lengths"},
         {"request": "d", "shape": "head_too_large"}, {"begin": "e", "shape": "half_head"}, {"abandon": "e"})"));
  EXPECT_EQ(request(scenario, 0).shape, RequestShape::kSound);
  EXPECT_EQ(request(scenario, 1).shape, RequestShape::kGarbage);
  EXPECT_EQ(request(scenario, 2).shape, RequestShape::kTwoLengths);
  EXPECT_EQ(request(scenario, 3).shape, RequestShape::kHeadTooLarge);
  EXPECT_EQ(std::get<RequestStep>(step<BeginStep>(scenario, 4).what).shape, RequestShape::kHalfHead);
}

TEST(ParseScenario, reads_a_request_held_in_flight) {
  const Scenario scenario = parsed(helodata_scenario(
      R"({"begin": "slow", "answer_bytes": 1000, "gate_at": 100}, {"drop": {"served": "slow"}, "for": "10s", "count": 3},
         {"release": "slow"}, {"await": "slow", "expect": [{"outcome": "upstream_error"}]}, {"begin": "b"}, {"abandon": "b"})"));
  EXPECT_EQ(std::get<RequestStep>(step<BeginStep>(scenario, 0).what).gate_at, 100);
  const ExitStep& drop = step<ExitStep>(scenario, 1);
  EXPECT_EQ(drop.action, sim::ExitAction::kDrop);
  EXPECT_EQ(drop.which.served, "slow");
  EXPECT_EQ(drop.lasting, Duration{10s});
  EXPECT_EQ(drop.count, 3);
  EXPECT_EQ(step<ReleaseStep>(scenario, 2).label, "slow");
  EXPECT_EQ(step<AwaitStep>(scenario, 3).label, "slow");
  EXPECT_EQ(step<AwaitStep>(scenario, 3).expect.at(0).step, "/steps/3/expect/0");
  EXPECT_EQ(step<AbandonStep>(scenario, 5).label, "b");
}

TEST(ParseScenario, reads_actions_on_exits) {
  const Scenario scenario = parsed(helodata_scenario(
      R"({"request": "a"}, {"restore": {"where": {}}}, {"reset": {"not_served": "a", "where": {"type": "mob", "region": "us"}}},
         {"fail": {"served": "a"}, "count": 1}, {"slow": {"served": "a"}, "delay": "5s"}, {"blackhole": {"where": {"asn": 7922}}})"));
  EXPECT_EQ(step<ExitStep>(scenario, 1).which.where, sim::ExitFilter{});
  EXPECT_EQ(step<ExitStep>(scenario, 2).which.not_served, "a");
  EXPECT_EQ(step<ExitStep>(scenario, 2).which.where->type, sim::ExitType::kMobile);
  EXPECT_EQ(step<ExitStep>(scenario, 3).action, sim::ExitAction::kFail);
  EXPECT_EQ(step<ExitStep>(scenario, 4).delay, Duration{5s});
  EXPECT_EQ(step<ExitStep>(scenario, 5).action, sim::ExitAction::kBlackhole);
  EXPECT_EQ(step<ExitStep>(scenario, 5).which.where->asn, 7922);
}

TEST(ParseScenario, reads_issued_sessions_and_their_api) {
  const Scenario scenario = parsed(crawlera_scenario(
      R"({"create_session": "s1", "count": 2}, {"request": "a", "session": "create"}, {"request": "b", "session": {"of": "s1[2]"}},
         {"request": "c", "session": {"raw": "x"}}, {"list_sessions": "l"}, {"delete_session": "d", "session": {"of": "a"}})"));
  EXPECT_EQ(std::get<ApiStep>(step<DoStep>(scenario, 0).what).count, 2);
  EXPECT_EQ(request(scenario, 1).session, (IssuedSession{IssuedSession::Kind::kCreate, ""}));
  EXPECT_EQ(request(scenario, 2).session, (IssuedSession{IssuedSession::Kind::kOf, "s1[2]"}));
  EXPECT_EQ(request(scenario, 3).session, (IssuedSession{IssuedSession::Kind::kRaw, "x"}));
  EXPECT_EQ(std::get<ApiStep>(step<DoStep>(scenario, 4).what).operation, ApiOperation::kList);
  EXPECT_EQ(std::get<ApiStep>(step<DoStep>(scenario, 5).what).session, (IssuedSession{IssuedSession::Kind::kOf, "a"}));
}

TEST(ParseScenario, lets_expectations_of_a_group_name_each_other) {
  const Scenario scenario = parsed(helodata_scenario(
      R"({"parallel": [{"request": "a", "expect": [{"exit": {"same_as": "b"}}]}, {"burst": "b", "count": 3}],
          "expect": [{"of": ["a", "b[3]"], "distinct_exits": 1}, {"count": {"repinned": true, "times": {"at_most": 1}}}]})"));
  const auto& group = step<ParallelStep>(scenario, 0);
  EXPECT_THAT(std::get<ExitCheck>(std::get<RequestStep>(group.what[0]).expect.at(0).check).same_as, ElementsAre("b"));
  EXPECT_THAT(group.expect.at(0).of, ElementsAre("a", "b[3]"));
  EXPECT_EQ(std::get<CountCheck>(group.expect.at(1).check).count.at_most, 1);
}

// Everything there is: what is written reads back the same, and is written the same again.
const char* const kEverything[] = {
    R"({"request": "all", "expect": [
          {"outcome": "served"}, {"status": 200}, {"status": [400, 407]}, {"repinned": false}, {"error": "bad-username"},
          {"error": ["a", "b"]}, {"header": {"name": "X", "on_connect": true, "present": true}},
          {"header": {"name": "X", "equals": "1"}}, {"header": {"name": "X", "integer": {"at_least": 1, "at_most": 2}}},
          {"exit": {"in": {"type": "res", "region": "us", "state": "ca", "city": "la", "asn": 7922}}}, {"distinct_exits": 1},
          {"delay": "12s"}, {"delay": {"at_least": "12s", "at_most": "13s"}}, {"spacing": {"at_least": "12s"}},
          {"attempts": 2}, {"count": {"repinned": true, "outcome": "served", "times": 1}}, {"body": {"bytes": 16, "whole": true}},
          {"announced_delay": {"present": false}}, {"announced_delay": {"seconds": {"at_least": 120}, "agrees_with_delay": true}},
          {"origin": {"reached": true, "method": "GET", "headers": {"A": "b"}, "absent": ["X-*", "Y"], "body_bytes": 0,
                      "body_unchanged": true}}]},
       {"request": "two", "expect": [{"requirement": "H-STK-1", "exit": {"same_as": "all"}}, {"exit": {"different_from": ["all"]}}]})",
    R"({"parallel": [{"request": "a", "connection": "kept"}, {"burst": "b", "count": 2, "every": "1s"}, {"list_sessions": "l"}],
        "expect": [{"of": "a", "repinned": true}]},
       {"close": "kept"}, {"begin": "g", "gate_at": 0, "connection": {"name": "n"}}, {"release": "g"}, {"await": "g"},
       {"close": {"name": "n"}}, {"wait": "30m", "after": "a"}, {"expect": [{"of": ["a", "g"], "distinct_exits": 1}]},
       {"begin": "h", "credentials": "malformed"}, {"abandon": "h"},
       {"slow": {"not_served": "a", "where": {"region": "us"}}, "for": "1m", "count": 2, "delay": "5s", "note": "n"},
       {"delete_session": "d", "user": {"session": "@s", "minutes": "05", "asn": 7922, "state": "ca", "city": "la"}})",
};

TEST(ScenarioToJson, reads_back_the_same) {
  for (const char* steps : kEverything) {
    const Scenario scenario =
        parsed(helodata_scenario(steps, R"("when": {"over_cap": ["reject", "clamp"]}, "seed": 9, )"));
    const std::string text = scenario_to_json(scenario);
    EXPECT_EQ(parsed(text), scenario) << text;
    EXPECT_EQ(scenario_to_json(parsed(text)), text);
  }
}

TEST(ScenarioToJson, reads_back_issued_sessions) {
  const Scenario scenario = parsed(crawlera_scenario(
      R"({"create_session": "s", "count": 3, "expect": [{"session_id": {"issued": true}}]},
         {"request": "a", "session": "create", "expect": [{"session_id": {"different_from": ["s[1]", "s[2]"]}}]},
         {"request": "b", "session": {"of": "a"}, "expect": [{"session_id": {"same_as": "a"}}]}, {"request": "c", "session": {"raw": "x"}},
         {"list_sessions": "l", "actor": "other", "expect": [{"listed": {"contains": "a", "lacks": "c", "exit_of": "b", "count": 4, "repinned": "a", "not_repinned": "b"}}]},
         {"delete_session": "d", "session": {"of": "a"}, "credentials": "missing"})",
      R"("actors": {"other": "two"}, )"));
  EXPECT_EQ(parsed(scenario_to_json(scenario)), scenario);
}

TEST(ScenarioToJson, is_as_a_person_would_write_it) {
  const Scenario scenario = parsed(
      helodata_scenario(R"({"request":"first","user":{"minutes":30,"session":"@s"},"via":"plain"},{"wait":"1799s"},
                           {"request":"second","user":"S","expect":[{"requirement":"H-STK-1","exit":{"same_as":["first"]}}]})",
                        R"("users":{"S":{"session":"@s","minutes":30}},)"));
  EXPECT_EQ(scenario_to_json(scenario), R"({
  "scenario": 1,
  "id": "helodata/topic/name",
  "title": "A title",
  "dialect": "helodata",
  "requirements": ["H-STK-1", "H-PIN-2"],
  "users": {"S": {"type": "res", "region": "us", "session": "@s", "minutes": 30}},
  "steps": [
    {"request": "first", "user": "S"},
    {"wait": "29m59s"},
    {"request": "second", "user": "S", "expect": [{"requirement": "H-STK-1", "exit": {"same_as": "first"}}]}
  ]
}
)");
}

}  // namespace
}  // namespace pinproof::conformance
