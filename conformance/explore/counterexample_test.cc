#include "conformance/explore/counterexample.h"

#include <gtest/gtest.h>

#include "conformance/explore/explore_testing.h"
#include "conformance/explore/scaled.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

TEST(Signature, IsOfTheWordsWithoutNumbersAndNames) {
  const std::string one = signature_of("the session moved from 127.20.0.5 to 127.20.0.8 without the header");
  EXPECT_EQ(one.size(), 8U);
  EXPECT_EQ(signature_of("the session moved from 127.20.0.22 to 127.20.0.1 without the header"), one);
  EXPECT_NE(signature_of("the session moved from 127.20.0.5 to 127.20.0.8 with the header"), one);
  EXPECT_EQ(signature_of("r3, sent after 29m59s"), signature_of("r17, sent after 1h"));
  EXPECT_EQ(id_of("helodata", "H-PIN-2", one), "helodata/explore/h-pin-2-" + one);
}

Counterexample told_as(const std::string& title, std::uint64_t number, const std::string& signature) {
  Counterexample one;
  one.requirement = "H-PIN-2";
  one.signature = signature;
  one.origin.number = number;
  one.scenario.id = id_of("helodata", "H-PIN-2", signature);
  one.scenario.title = title;
  return one;
}

TEST(TellApart, TheSameStoryIsOfTheEarlierCase) {
  std::vector<Counterexample> all{told_as("moves", 9, "aaaaaaaa"), told_as("stays", 4, "bbbbbbbb"),
                                  told_as("moves", 2, "cccccccc")};
  tell_apart(all);
  EXPECT_EQ(all[0].signature, "cccccccc");
  EXPECT_EQ(all[0].same_as, "");
  EXPECT_EQ(all[1].same_as, "");
  EXPECT_EQ(all[2].same_as, "helodata/explore/h-pin-2-cccccccc");
}

class Making : public testing::Test {
 protected:
  explicit Making(const char* deviation)
      : target_(wrong_gateway(deviation)), model_(scaled_down(wrong_gateway(deviation))) {}

  Counterexample make(const Breach& breach) {
    CasePlayer on_model(shipped_catalogue(), model_);
    CasePlayer on_target(shipped_catalogue(), target_);
    return counterexample_of(breach, on_model, small_world(model_.description()), on_target,
                             small_world(target_.description()), shipped_catalogue(), {7, "pinproof test", "", {}});
  }

  SimulatedTarget target_;
  SimulatedTarget model_;
};

class MakingOfASilentMove : public Making {
 protected:
  MakingOfASilentMove() : Making("helodata-repin-silent") {}
};

TEST_F(MakingOfASilentMove, IsShrunkNamedAndConfirmed) {
  Command list;
  list.verb = Verb::kList;
  Command drop;
  drop.verb = Verb::kExit;
  const Counterexample made =
      make({"H-PIN-2", "0a1b2c3d", {true, "", 17}, {Command{}, list, Command{}, drop, list, Command{}, Command{}}});
  EXPECT_TRUE(made.reproduced);
  EXPECT_TRUE(made.confirmed);
  EXPECT_EQ(made.commands, 7U);
  EXPECT_EQ(made.scenario.steps.size(), 3U) << told(made.scenario);
  EXPECT_EQ(made.scenario.id, "helodata/explore/h-pin-2-0a1b2c3d");
  EXPECT_EQ(made.scenario.produced_by, "pinproof test explore --seed 7, case 17");
  EXPECT_EQ(made.scenario.requirements, std::vector<std::string>{"H-PIN-2"});
  EXPECT_NE(made.reason.find("without X-Helodata-Session-Repinned"), std::string::npos) << made.reason;
}

TEST_F(MakingOfASilentMove, WhatDoesNotShowItIsHandedBackUnconfirmed) {
  const Counterexample made = make({"H-PIN-2", "0a1b2c3d", {true, "", 17}, {Command{}, Command{}}});
  EXPECT_FALSE(made.reproduced);
  EXPECT_FALSE(made.confirmed);
  EXPECT_EQ(made.scenario.steps.size(), 2U) << "as it was";
}

// As the lab and its model are: what is wrong shows on the target alone.
TEST_F(MakingOfASilentMove, WhatTheModelDoesNotShowIsShrunkOnTheTarget) {
  SimulatedTarget right(searched_gateway("helodata"));
  CasePlayer on_model(shipped_catalogue(), right);
  CasePlayer on_target(shipped_catalogue(), target_);
  Command drop;
  drop.verb = Verb::kExit;
  const Breach breach{"H-PIN-2", "0a1b2c3d", {true, "", 17}, {Command{}, drop, Command{}, Command{}, Command{}}};
  const auto made = [&](const CounterexampleOptions& options) {
    return counterexample_of(breach, on_model, small_world(right.description()), on_target,
                             small_world(target_.description()), shipped_catalogue(), options);
  };
  CounterexampleOptions options{7, "pinproof test", "", {}};
  EXPECT_EQ(made(options).scenario.steps.size(), 5U);
  options.on_target = ShrinkOptions{};
  const Counterexample small = made(options);
  EXPECT_TRUE(small.reproduced);
  EXPECT_TRUE(small.confirmed);
  EXPECT_EQ(small.scenario.steps.size(), 3U) << told(small.scenario);
}

TEST(Told, OnOneLineIsAllThatPlaysItAgain) {
  Scenario scenario;
  scenario.id = "helodata/explore/h-pin-2-0a1b2c3d";
  scenario.title = "it's two\n lines";
  scenario.seed = 7;
  const std::string text = told(scenario, "lab");
  const std::string line = text.substr(text.rfind('\n') + 1);
  EXPECT_TRUE(line.starts_with("printf '%s' '{\"scenario\": 1,")) << line;
  EXPECT_NE(line.find("it'\\''s two\\n lines"), std::string::npos) << line;
  EXPECT_TRUE(
      line.ends_with("}' > h-pin-2-0a1b2c3d.json && pinproof replay h-pin-2-0a1b2c3d.json --target lab --seed 7"))
      << line;
  EXPECT_TRUE(told(scenario).ends_with(" && pinproof replay h-pin-2-0a1b2c3d.json --seed 7"));
}

}  // namespace
}  // namespace pinproof::conformance
