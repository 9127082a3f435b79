#include "sim/pool/churn.h"

#include <gtest/gtest.h>

#include <vector>

namespace pinproof::sim {
namespace {

constexpr ChurnRates kHourAndMinute{.mean_lifetime = 1h, .mean_absence = 1min};

std::vector<ChurnChange> changes_of(Churn churn, ExitId exit, std::size_t wanted) {
  std::vector<ChurnChange> changes;
  while (changes.size() < wanted) {
    const ChurnChange change = churn.take();
    if (change.exit == exit) changes.push_back(change);
  }
  return changes;
}

TEST(Churn, TimeRunsForwardAndEachExitLeavesAndReturnsInTurn) {
  Churn churn(100, kHourAndMinute, Random(1));
  std::vector<bool> away(100, false);
  Instant last = kStart;
  for (int i = 0; i < 10'000; ++i) {
    EXPECT_GE(churn.next(), last);
    const ChurnChange change = churn.take();
    EXPECT_GE(change.at, last);
    EXPECT_NE(change.leaves, away[index_of(change.exit)]) << "exit " << index_of(change.exit) << ", change " << i;
    away[index_of(change.exit)] = change.leaves;
    last = change.at;
  }
}

TEST(Churn, TheLifeOfAnExitDependsOnSeedAndExitAlone) {
  const auto small = changes_of(Churn(10, kHourAndMinute, Random(5)), ExitId{3}, 20);
  EXPECT_EQ(small, changes_of(Churn(1'000, kHourAndMinute, Random(5)), ExitId{3}, 20));
  EXPECT_NE(small, changes_of(Churn(10, kHourAndMinute, Random(6)), ExitId{3}, 20));
  EXPECT_NE(small[0].at, changes_of(Churn(10, kHourAndMinute, Random(5)), ExitId{4}, 1)[0].at);
}

// 100,000 exits with a mean lifetime of an hour: in the first minute 1,653 leave (100,000 · (1 - e^(-1/60))), with a standard
// deviation of 40; in the long run one in 61 is away, 1,639 of them, with a deviation of 40 too. Six deviations either way.
TEST(Churn, RatesHoldOverALargePool) {
  Churn churn(100'000, kHourAndMinute, Random(42));
  std::size_t left_in_first_minute = 0;
  std::int64_t away = 0;
  while (churn.next() < kStart + 1h) {
    const ChurnChange change = churn.take();
    if (change.leaves && change.at < kStart + 1min) ++left_in_first_minute;
    away += change.leaves ? 1 : -1;
  }
  EXPECT_NEAR(static_cast<double>(left_in_first_minute), 1'653, 240);
  EXPECT_NEAR(static_cast<double>(away), 1'639, 240);
}

TEST(Churn, NoExitsNoChange) { EXPECT_EQ(Churn(0, kHourAndMinute, Random(1)).next(), kNever); }

}  // namespace
}  // namespace pinproof::sim
