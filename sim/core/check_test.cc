#include "sim/core/check.h"

#include <gtest/gtest.h>

#include <csignal>

namespace pinproof::sim {
namespace {

TEST(Check, GoesOnSilentlyWhenTheConditionHolds) {
  int evaluations = 0;
  PINPROOF_CHECK(++evaluations == 1, "evaluated {} times", evaluations);
  EXPECT_EQ(evaluations, 1);
}

TEST(Check, FormatsItsMessageOnFailureOnly) {
  int formatted = 0;
  PINPROOF_CHECK(true, "{}", ++formatted);
  EXPECT_EQ(formatted, 0);
}

TEST(CheckDeathTest, SaysPlaceConditionAndValuesThenAborts) {
  const int low = 7;
  const int high = 3;
  EXPECT_EXIT(PINPROOF_CHECK(low <= high, "low {}, high {}", low, high), testing::KilledBySignal(SIGABRT),
              "sim/core/check_test\\.cc:[0-9]+: check failed: low <= high: low 7, high 3\n");
}

}  // namespace
}  // namespace pinproof::sim
