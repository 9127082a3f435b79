#include "mock_upstream/clock/controlled_clock.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pinproof::mock_upstream {
namespace {

using namespace sim;

class Controlled : public testing::Test {
 protected:
  Clock::Alarm note(Duration at, std::string what) {
    return clock.set(kStart + at,
                     [this, what] { rung.push_back(what + " at " + format_duration(clock.now().time_since_epoch())); });
  }
  ControlledClock clock;
  std::vector<std::string> rung;
};

TEST_F(Controlled, StandsUntilItIsMoved) {
  EXPECT_EQ(clock.now(), kStart);
  EXPECT_EQ(clock.next_deadline(), kNever);
  note(12s, "slot");
  EXPECT_EQ(clock.next_deadline(), kStart + 12s);
  clock.advance_to(kStart + 12s - 1ns);
  EXPECT_TRUE(rung.empty());
  clock.advance_to(kStart + 12s);
  EXPECT_EQ(rung, std::vector<std::string>{"slot at 12s"});
}

TEST_F(Controlled, RingsInOrderAtEachInstant) {
  note(3s, "c");
  note(1s, "a");
  note(1s, "b");
  clock.advance_to(kStart + 10s);
  EXPECT_EQ(rung, (std::vector<std::string>{"a at 1s", "b at 1s", "c at 3s"}));
  EXPECT_EQ(clock.now(), kStart + 10s);
}

TEST_F(Controlled, RingsWhatIsSetOnTheWay) {
  clock.set(kStart + 1s, [this] { note(2s, "set at 1s"); });
  clock.advance_to(kStart + 2s);
  EXPECT_EQ(rung, std::vector<std::string>{"set at 1s at 2s"});
}

TEST_F(Controlled, WhatIsPastIsDueNow) {
  clock.advance_to(kStart + 5s);
  note(1s, "late");
  EXPECT_EQ(clock.next_deadline(), kStart + 5s);
  EXPECT_TRUE(rung.empty()) << "never from inside set()";
  clock.advance_to(kStart + 5s);
  EXPECT_EQ(rung, std::vector<std::string>{"late at 5s"});
}

TEST_F(Controlled, CancelledAlarmsAreSilent) {
  const auto alarm = note(1s, "no");
  note(2s, "yes");
  clock.cancel(alarm);
  clock.cancel(alarm);
  EXPECT_EQ(clock.next_deadline(), kStart + 2s);
  clock.advance_to(kStart + 2s);
  EXPECT_EQ(rung, std::vector<std::string>{"yes at 2s"});
}

TEST_F(Controlled, NeverGoesBack) {
  clock.advance_to(kStart + 1s);
  EXPECT_DEATH(clock.advance_to(kStart), "go back from 1000000000 ns to 0 ns");
}

TEST(ControlledClock, GoesBackToTheStartWithNothingSetOnly) {
  ControlledClock clock;
  clock.advance_to(sim::kStart + 5s);
  const Clock::Alarm alarm = clock.set(sim::kStart + 9s, [] {});
  EXPECT_FALSE(clock.rewind());
  EXPECT_EQ(clock.now(), sim::kStart + 5s);
  clock.cancel(alarm);
  EXPECT_TRUE(clock.rewind());
  EXPECT_EQ(clock.now(), sim::kStart);
}

}  // namespace
}  // namespace pinproof::mock_upstream
