#include "reports/html/time_scale.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace pinproof::reports {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::vector<std::string> labels_of(const TimeScale& scale) {
  std::vector<std::string> labels;
  for (const TimeTick& tick : scale.ticks()) labels.push_back(tick.label);
  return labels;
}

TEST(ClockText, SaysNoMoreThanTheInstantHas) {
  EXPECT_EQ(clock_text(0), "0:00:00");
  EXPECT_EQ(clock_text(1799 * kSecond), "0:29:59");
  EXPECT_EQ(clock_text(36'000 * kSecond + 250'000'000), "10:00:00.25");
  EXPECT_EQ(clock_text(1), "0:00:00.000000001");
}

TEST(DurationText, IsAsPeopleSayIt) {
  EXPECT_EQ(duration_text(0), "0 s");
  EXPECT_EQ(duration_text(1'500'000), "1.5 ms");
  EXPECT_EQ(duration_text(12 * kSecond), "12 s");
  EXPECT_EQ(duration_text(90 * kSecond), "1 min 30 s");
  EXPECT_EQ(duration_text(1800 * kSecond), "30 min");
  EXPECT_EQ(duration_text(5400 * kSecond + 500'000'000), "1 h 30 min 0.5 s");
}

TEST(TimeScale, TellsApartWhatHappenedAtOneInstant) {
  const TimeScale scale({{0, 1}, {0, 2}, {0, 3}});
  EXPECT_DOUBLE_EQ(scale.place({0, 1}), 2.0);
  EXPECT_DOUBLE_EQ(scale.place({0, 2}), 49.0);
  EXPECT_DOUBLE_EQ(scale.place({0, 3}), 96.0);
  EXPECT_EQ(labels_of(scale), std::vector<std::string>{"0:00:00"});
}

TEST(TimeScale, LeavesRoomForTheSecondAfterHalfAnHour) {
  const TimeScale scale({{0, 1}, {1799 * kSecond, 2}, {1800 * kSecond, 3}});
  EXPECT_FALSE(scale.proportional());
  EXPECT_DOUBLE_EQ(scale.place({0, 1}), 2.0);
  EXPECT_DOUBLE_EQ(scale.place({1800 * kSecond, 3}), 96.0);
  const double last_second = 96.0 - scale.place({1799 * kSecond, 2});
  EXPECT_GT(last_second, 10.0);  // in proportion it would be 0.05
  EXPECT_LT(last_second, 48.0);
  EXPECT_EQ(labels_of(scale), (std::vector<std::string>{"0:00:00", "0:29:59", "0:30:00"}));
}

TEST(TimeScale, GivesEqualStretchesEqualWidths) {
  const TimeScale scale({{0, 0}, {12 * kSecond, 0}, {24 * kSecond, 0}});
  EXPECT_DOUBLE_EQ(scale.place({12 * kSecond, 0}), 49.0);
  EXPECT_DOUBLE_EQ(scale.place({6 * kSecond, 0}), 25.5);
}

TEST(TimeScale, IsInProportionWhenThereIsMuch) {
  std::vector<TimelineMoment> moments;
  for (std::uint64_t i = 0; i <= 1000; ++i) moments.push_back({static_cast<std::int64_t>(i) * kSecond, i});
  const TimeScale scale(moments);
  EXPECT_TRUE(scale.proportional());
  EXPECT_DOUBLE_EQ(scale.place({500 * kSecond, 0}), 49.0);
  EXPECT_DOUBLE_EQ(scale.place({2000 * kSecond, 0}), 96.0);
  EXPECT_EQ(labels_of(scale), (std::vector<std::string>{"0:00:00", "0:02:00", "0:04:00", "0:06:00", "0:08:00",
                                                        "0:10:00", "0:12:00", "0:14:00", "0:16:00"}));
}

TEST(TimeScale, NeedsNothingToHappen) { EXPECT_DOUBLE_EQ(TimeScale({}).place({5, 0}), 2.0); }

}  // namespace
}  // namespace pinproof::reports
