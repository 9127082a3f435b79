#include "conformance/explore/lower.h"

#include <gtest/gtest.h>

#include <variant>

#include "conformance/explore/draw.h"
#include "conformance/explore/explore_testing.h"
#include "conformance/scenario/scenario_json.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

Command verb(Verb what) {
  Command command;
  command.verb = what;
  return command;
}

std::string steps_of(const Commands& commands, const SmallWorld& world) {
  Scenario scenario = lower(commands, world, true).scenario;
  scenario.id = "helodata/explore/test";
  scenario.title = "test";
  scenario.requirements = {"G-1"};
  const std::string text = scenario_to_json(scenario);
  const std::size_t begin = text.find("\"steps\"");
  return text.substr(begin, text.rfind('}') - begin);
}

class Lower : public testing::Test {
 protected:
  const SmallWorld helodata_ = world_of("helodata");
  const SmallWorld crawlera_ = world_of("crawlera");
};

TEST_F(Lower, ACommandIsAStep) {
  Command drop = verb(Verb::kExit);
  Command wait = verb(Verb::kWait);
  wait.span = static_cast<std::uint8_t>(helodata_.boundaries);
  wait.anchor = Anchor::kOpened;
  wait.offset = 1;
  EXPECT_EQ(steps_of({verb(Verb::kRequest), wait, drop, verb(Verb::kRequest)}, helodata_),
            "\"steps\": [\n"
            "    {\"request\": \"r1\", \"user\": \"u1\"},\n"
            "    {\"wait\": \"29m59s\", \"after\": \"r1\"},\n"
            "    {\"drop\": {\"served\": \"r1\"}},\n"
            "    {\"request\": \"r2\", \"user\": \"u1\"}\n"
            "  ]\n");
}

TEST_F(Lower, WhatFindsNothingIsLeftOut) {
  EXPECT_TRUE(lower({verb(Verb::kAwait), verb(Verb::kRelease), verb(Verb::kExit), verb(Verb::kClose)}, helodata_)
                  .scenario.steps.empty());
}

TEST_F(Lower, AnIssuedSessionIsCreatedByItsFirstUse) {
  EXPECT_EQ(steps_of({verb(Verb::kRequest), verb(Verb::kRequest)}, crawlera_),
            "\"steps\": [{\"request\": \"r1\", \"session\": \"create\"}, {\"request\": \"r2\", \"session\": {\"of\": "
            "\"r1\"}}]\n");
}

TEST_F(Lower, TogetherIsAtOneInstant) {
  Command second = verb(Verb::kRequest);
  second.together = true;
  const Lowered lowered = lower({verb(Verb::kRequest), second}, helodata_);
  ASSERT_EQ(lowered.scenario.steps.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<ParallelStep>(lowered.scenario.steps.front().what));
}

TEST_F(Lower, WhatIsBegunIsAwaitedInTheEnd) {
  Command begin = verb(Verb::kBegin);
  begin.gated = true;
  EXPECT_EQ(steps_of({begin}, helodata_),
            "\"steps\": [{\"begin\": \"b1\", \"user\": \"u1\", \"answer_bytes\": 1000, \"gate_at\": 100}, "
            "{\"release\": \"b1\"}, {\"await\": \"b1\"}]\n");
}

TEST_F(Lower, FillsUpToTheCapOfTheTarget) {
  Command fill = verb(Verb::kFill);
  fill.over = 1;
  EXPECT_EQ(steps_of({fill}, crawlera_), "\"steps\": [{\"create_session\": \"c1\", \"count\": 6}]\n");
  const SmallWorld unscaled = small_world(shipped_target("crawlera")->description());
  EXPECT_EQ(steps_of({fill}, unscaled), "\"steps\": [{\"create_session\": \"c1\", \"count\": 5001}]\n");
}

// Every case is a scenario that a file can hold: it reads back as the same.
TEST_F(Lower, WhateverIsDrawnIsAScenario) {
  for (const SmallWorld* const world : {&helodata_, &crawlera_}) {
    for (std::uint64_t number = 0; number < 300; ++number) {
      Scenario scenario = lower(draw(7, number, *world), *world, true).scenario;
      if (scenario.steps.empty()) continue;
      scenario.id = world->dialect + "/explore/test";
      scenario.title = "test";
      scenario.requirements = {"G-1"};
      const std::string text = scenario_to_json(scenario);
      const auto read = parse_scenario("", text, shipped_catalogue());
      const auto* const error = std::get_if<sim::InputError>(&read);
      ASSERT_EQ(error, nullptr) << error->message() << "\n" << text;
      EXPECT_EQ(std::get<Scenario>(read), scenario) << text;
    }
  }
}

}  // namespace
}  // namespace pinproof::conformance
