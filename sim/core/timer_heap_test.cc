#include "sim/core/timer_heap.h"

#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "sim/core/random.h"

namespace pinproof::sim {
namespace {

TEST(TimerHeap, GivesTheEarliestFirst) {
  TimerHeap timers;
  EXPECT_TRUE(timers.empty());
  EXPECT_EQ(timers.earliest(), kNever);
  timers.set(0, kStart + 3s);
  timers.set(1, kStart + 1s);
  timers.set(2, kStart + 2s);
  EXPECT_EQ(timers.size(), 3U);
  EXPECT_EQ(timers.earliest(), kStart + 1s);
  EXPECT_EQ(timers.first(), 1U);
  EXPECT_EQ(timers.pop(), 1U);
  EXPECT_EQ(timers.pop(), 2U);
  EXPECT_EQ(timers.pop(), 0U);
  EXPECT_TRUE(timers.empty());
}

TEST(TimerHeap, TiesFireInTheOrderInWhichTheyWereSet) {
  TimerHeap timers;
  for (const std::uint32_t owner : {5U, 3U, 9U, 1U}) timers.set(owner, kStart + 12s);
  timers.set(3, kStart + 12s);  // set anew, and so the last
  for (const std::uint32_t owner : {5U, 9U, 1U, 3U}) EXPECT_EQ(timers.pop(), owner);
}

TEST(TimerHeap, SettingAnewReplaces) {
  TimerHeap timers;
  timers.set(7, kStart + 1s);
  timers.set(7, kStart + 5s);
  EXPECT_EQ(timers.size(), 1U);
  EXPECT_EQ(timers.earliest(), kStart + 5s);
}

TEST(TimerHeap, CallingOffWhatIsNotSetDoesNothing) {
  TimerHeap timers;
  timers.cancel(0);
  timers.set(2, kStart);
  timers.cancel(1);
  timers.cancel(1'000'000);
  EXPECT_EQ(timers.size(), 1U);
  timers.cancel(2);
  timers.cancel(2);
  EXPECT_TRUE(timers.empty());
}

TEST(TimerHeap, AgreesWithASortedModelOverALongMixedRun) {
  using Key = std::pair<Instant, int>;  // the instant, then the order of setting
  Random random{3};
  TimerHeap timers;
  std::map<Key, std::uint32_t> by_time;
  std::map<std::uint32_t, Key> by_owner;
  const auto forget = [&](std::uint32_t owner) {
    if (!by_owner.contains(owner)) return;
    by_time.erase(by_owner.at(owner));
    by_owner.erase(owner);
  };
  for (int i = 0; i < 200'000; ++i) {
    const auto owner = static_cast<std::uint32_t>(random.below(400));
    switch (random.below(4)) {
      case 0:
      case 1: {
        const Instant at = kStart + Duration(random.below(100));
        timers.set(owner, at);
        forget(owner);
        by_time[{at, i}] = owner;
        by_owner[owner] = {at, i};
        break;
      }
      case 2:
        timers.cancel(owner);
        forget(owner);
        break;
      default:
        if (by_time.empty()) break;
        ASSERT_EQ(timers.earliest(), by_time.begin()->first.first);
        ASSERT_EQ(timers.first(), by_time.begin()->second);
        forget(timers.pop());
    }
    ASSERT_EQ(timers.size(), by_time.size());
  }
}

}  // namespace
}  // namespace pinproof::sim
