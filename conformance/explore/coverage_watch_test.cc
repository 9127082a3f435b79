#include "conformance/explore/coverage_watch.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "conformance/explore/case_player.h"
#include "conformance/explore/explore_testing.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

using testing::Contains;
using testing::Not;

Command verb(Verb what) {
  Command command;
  command.verb = what;
  return command;
}

class Watch : public testing::Test {
 protected:
  void play(const Commands& commands) {
    Lowered lowered = lower(commands, world_);
    lowered.scenario.id = "helodata/explore/case";
    watch_.begin(commands, lowered);
    const Played played = player_.play(lowered.scenario, 1);
    watch_.end(played.left_out, played.judgement, target_.now());
  }
  std::uint64_t times(SessionState state, SessionEvent event) const {
    return watch_.coverage().transitions[static_cast<std::size_t>(state)][static_cast<std::size_t>(event)];
  }
  std::vector<std::string> features() const {
    std::vector<std::string> names;
    for (const Feature feature : watch_.features()) names.push_back(watch_.space().name(feature));
    return names;
  }
  Command to_the_window(std::uint8_t offset) const {
    Command wait = verb(Verb::kWait);
    wait.span = static_cast<std::uint8_t>(world_.boundaries);
    wait.anchor = Anchor::kOpened;
    wait.offset = offset;
    return wait;
  }

  SimulatedTarget target_{searched_gateway("helodata")};
  const SmallWorld world_ = world_of("helodata");
  CoverageWatch watch_{world_, {"H-PIN-1", "H-PIN-2"}};
  CasePlayer player_{shipped_catalogue(), target_, &watch_};
};

TEST_F(Watch, ASessionThatLosesItsExitMoves) {
  play({verb(Verb::kRequest), verb(Verb::kExit), verb(Verb::kRequest), verb(Verb::kRequest)});
  EXPECT_EQ(times(SessionState::kNone, SessionEvent::kRequest), 1U);
  EXPECT_EQ(times(SessionState::kAlive, SessionEvent::kOwnDrop), 1U);
  EXPECT_EQ(times(SessionState::kExitLost, SessionEvent::kRequest), 1U);
  EXPECT_EQ(times(SessionState::kMoved, SessionEvent::kRequest), 1U);
  EXPECT_EQ(watch_.coverage().cases, 1U);
  EXPECT_EQ(watch_.coverage().steps, 4U);
  EXPECT_EQ(watch_.coverage().requirements.at("H-PIN-2"), 1U);
  for (const char* const name : {"none/request", "none/request > alive/own drop", "alive/own drop > exit lost/request",
                                 "exit lost/request > moved/request", "H-PIN-1", "H-PIN-2"})
    EXPECT_THAT(features(), Contains(name));
  EXPECT_THAT(features(), Not(Contains("moved/own drop")));
}

TEST_F(Watch, ABoundaryCountsWithWhatComesRightAfterIt) {
  play({verb(Verb::kRequest), to_the_window(1), verb(Verb::kRequest), verb(Verb::kRequest)});
  EXPECT_EQ(watch_.coverage().boundaries.at(1), 1U);
  EXPECT_THAT(features(), Contains("window -1s"));
  EXPECT_THAT(features(), Contains("window -1s > alive/request"));
  play({verb(Verb::kRequest), to_the_window(0), verb(Verb::kRequest)});
  EXPECT_EQ(watch_.coverage().boundaries.at(0), 1U);
  EXPECT_THAT(features(), Contains("window > over/request"));
  EXPECT_THAT(features(), Not(Contains("window -1s"))) << "of the case before";
  EXPECT_EQ(watch_.coverage().time, std::chrono::minutes(60) - std::chrono::seconds(1));
}

TEST_F(Watch, EachFeatureOnce) {
  play(Commands(12, verb(Verb::kRequest)));
  std::vector<std::string> names = features();
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

TEST(Coverage, WhatWasNotReachedIsNamed) {
  const SmallWorld world = world_of("crawlera");
  Coverage coverage(world);
  const std::size_t of = reached(coverage, world, {"C-SES-1"}).of;
  EXPECT_EQ(reached(coverage, world, {"C-SES-1"}).number, 0U);
  // Of 60 transitions no session of crawlera is ever moved, and five events need one that is there: 60 - 10 - 2 * 5.
  EXPECT_EQ(of, 40U + 1U + coverage.boundaries.size());
  coverage.requirements["C-SES-1"] = 1;
  coverage.transitions[1][4] = 1;
  EXPECT_EQ(reached(coverage, world, {"C-SES-1"}).number, 2U);
  const std::vector<std::string> lacking = unreached(coverage, world, {"C-SES-1"});
  EXPECT_THAT(lacking, Contains("request of a session that is over"));
  EXPECT_THAT(lacking, Contains("a wait to window -1s"));
  EXPECT_THAT(lacking, Not(Contains("own drop of a session that is alive")));
  EXPECT_THAT(lacking, Not(Contains("C-SES-1")));
}

TEST(Coverage, AddsUp) {
  const SmallWorld world = world_of("helodata");
  Coverage one(world);
  one.transitions[1][4] = 2;
  one.requirements["G-1"] = 3;
  one.boundaries.at(0) = 4;
  one.time = std::chrono::seconds(5);
  Coverage both = one;
  both.add(one);
  EXPECT_EQ(both.transitions[1][4], 4U);
  EXPECT_EQ(both.requirements.at("G-1"), 6U);
  EXPECT_EQ(both.boundaries.at(0), 8U);
  EXPECT_EQ(both.time, std::chrono::seconds(10));
}

}  // namespace
}  // namespace pinproof::conformance
