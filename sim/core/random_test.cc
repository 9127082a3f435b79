#include "sim/core/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace pinproof::sim {
namespace {

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

TEST(Random, GivesTheKnownNumbersOfXoshiroSeededBySplitmix) {
  // Computed with the reference algorithms of Blackman and Vigna, apart from this code.
  const struct {
    std::uint64_t seed;
    std::array<std::uint64_t, 4> numbers;
  } kVectors[] = {
      {0, {0x99ec5f36cb75f2b4, 0xbf6e1f784956452a, 0x1a5f849d4933e6e0, 0x6aa594f1262d2d2c}},
      {1, {0xb3f2af6d0fc710c5, 0x853b559647364cea, 0x92f89756082a4514, 0x642e1c7bc266a3a7}},
      {42, {0x15780b2e0c2ec716, 0x6104d9866d113a7e, 0xae17533239e499a1, 0xecb8ad4703b360a1}},
      {0xffffffffffffffff, {0x8f5520d52a7ead08, 0xc476a018caa1802d, 0x81de31c0d260469e, 0xbf658d7e065f3c2f}},
  };
  for (const auto& [seed, numbers] : kVectors) {
    Random random{seed};
    for (const std::uint64_t number : numbers) EXPECT_EQ(random.bits(), number) << "seed " << seed;
  }
  Random random{42};
  for (int i = 1; i < 1'000'000; ++i) random.bits();
  EXPECT_EQ(random.bits(), 0x55cf61d654b8f555U);
}

TEST(Random, StreamsDependOnSeedAndNameOnly) {
  Random parent{42};
  Random before = parent.split("pool");
  parent.bits();
  Random after = parent.split("pool");
  Random other_name = parent.split("gateway");
  Random other_seed = Random{43}.split("pool");
  Random nested = parent.split("pool").split("pool");
  const std::uint64_t number = before.bits();
  EXPECT_EQ(number, 0x1540c20d5ebf1102U);
  EXPECT_EQ(after.bits(), number);
  EXPECT_NE(other_name.bits(), number);
  EXPECT_NE(other_seed.bits(), number);
  EXPECT_NE(nested.bits(), number);
  EXPECT_NE(Random{42}.bits(), number);
}

/// Pearson's statistic of `counts` against equal shares.
double chi_square(const std::vector<std::uint64_t>& counts, double expected) {
  double sum = 0;
  for (const std::uint64_t count : counts) {
    const double distance = static_cast<double>(count) - expected;
    sum += distance * distance / expected;
  }
  return sum;
}

TEST(Random, BelowIsUniformForBoundsThatDoNotDivideThePowersOfTwo) {
  // The 0.1 % and 99.9 % quantiles of chi-square with bound - 1 degrees of freedom; the seed is fixed, so this cannot
  // flicker.
  const struct {
    std::uint64_t bound;
    double low;
    double high;
  } kCases[] = {{2, 0.0, 10.83},   {3, 0.002, 13.82},  {6, 0.21, 20.52},
                {10, 1.15, 27.88}, {100, 60.0, 148.2}, {1000, 863.0, 1142.8}};
  for (const auto& [bound, low, high] : kCases) {
    Random random{bound};
    std::vector<std::uint64_t> counts(bound);
    for (int i = 0; i < 1'000'000; ++i) ++counts.at(random.below(bound));
    const double statistic = chi_square(counts, 1'000'000.0 / static_cast<double>(bound));
    EXPECT_GE(statistic, low) << bound;
    EXPECT_LE(statistic, high) << bound;
  }
}

TEST(Random, BelowIsUnbiasedWhereMultiplyingAloneWouldNotBe) {
  // At three quarters of 2^64 a draw without rejection would favour every third number two to one.
  constexpr std::uint64_t kBound = std::uint64_t{3} << 62U;
  Random random{5};
  std::vector<std::uint64_t> counts(3);
  for (int i = 0; i < 300'000; ++i) {
    const std::uint64_t number = random.below(kBound);
    ASSERT_LT(number, kBound);
    ++counts[number % 3];
  }
  EXPECT_LE(chi_square(counts, 100'000), 13.82);
}

TEST(Random, BelowOneIsZero) {
  Random random{9};
  for (int i = 0; i < 100; ++i) EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, BetweenReachesBothEndsAndNothingBeyond) {
  Random random{12};
  std::vector<std::uint64_t> counts(7);
  for (int i = 0; i < 70'000; ++i) ++counts.at(static_cast<std::size_t>(random.between(-3, 3) + 3));
  EXPECT_LE(chi_square(counts, 10'000), 22.46);
  EXPECT_EQ(random.between(5, 5), 5);
  EXPECT_EQ(random.between(kLowest, kLowest), kLowest);
  EXPECT_EQ(random.between(kHighest, kHighest), kHighest);
  bool negative = false;
  bool positive = false;
  for (int i = 0; i < 100; ++i) (random.between(kLowest, kHighest) < 0 ? negative : positive) = true;
  EXPECT_TRUE(negative && positive);
}

TEST(Random, ChanceComesTrueInItsShareOfDraws) {
  Random random{21};
  int hits = 0;
  for (int i = 0; i < 1'000'000; ++i) hits += random.chance(3, 100);
  EXPECT_NEAR(hits, 30'000, 600);  // 3.5 standard deviations
  for (int i = 0; i < 1'000; ++i) {
    EXPECT_FALSE(random.chance(0, 7));
    EXPECT_TRUE(random.chance(7, 7));
  }
}

TEST(Random, ExponentialGivesTheLogarithmOfItsDraw) {
  // -ln(u) * mean of seed 7's first draws, computed in double precision apart from this code.
  Random random{7};
  for (const std::int64_t expected : {355'851'736, 1'277'435'545, 174'796'983, 19'083'206, 9'181'744}) {
    EXPECT_NEAR(static_cast<double>(random.exponential(1s).count()), static_cast<double>(expected), 1.0);
  }
  for (const std::int64_t expected :
       {489'883'335'391, 10'083'434'281'246, 8'133'058'272'383, 3'265'441'507'909, 6'786'307'118'625}) {
    EXPECT_NEAR(static_cast<double>(random.exponential(1h).count()), static_cast<double>(expected), 8.0);
  }
}

TEST(Random, ExponentialHasGoldenValues) {
  // Each within 2 ns of the exact logarithm, and the same with every compiler.
  Random random{42};
  for (const std::int64_t expected :
       {4'461'427'996'304, 1'746'488'131'787, 694'077'557'584, 140'928'385'639, 14'813'744'922, 471'065'732'036}) {
    EXPECT_EQ(random.exponential(30min).count(), expected);
  }
}

TEST(Random, ExponentialHasItsMeanAndQuantiles) {
  constexpr std::size_t kDraws = 400'000;
  Random random{30};
  std::vector<std::int64_t> draws;
  double sum = 0;
  for (std::size_t i = 0; i < kDraws; ++i) {
    draws.push_back(random.exponential(1s).count());
    sum += static_cast<double>(draws.back());
  }
  EXPECT_NEAR(sum / kDraws, 1e9, 5e6);  // the mean's standard deviation is 1.6e6

  std::sort(draws.begin(), draws.end());
  const struct {
    double share;
    double quantile;  // -ln(1 - share) seconds
  } kQuantiles[] = {{0.01, 0.0100503}, {0.1, 0.1053605}, {0.25, 0.2876821},
                    {0.5, 0.6931472},  {0.9, 2.3025851}, {0.99, 4.6051702}};
  for (const auto& [share, quantile] : kQuantiles) {
    const double seconds = static_cast<double>(draws[static_cast<std::size_t>(share * kDraws)]) * 1e-9;
    EXPECT_NEAR(seconds, quantile, quantile * 0.02) << share;
  }
}

TEST(Random, ExponentialStaysWithinDurations) {
  Random random{8};
  bool clamped = false;
  for (int i = 0; i < 1'000; ++i) {
    EXPECT_EQ(random.exponential(Duration{1}) >= Duration{1}, true);
    const Duration longest = random.exponential(Duration::max());
    EXPECT_GE(longest, Duration{1});
    clamped |= longest == Duration::max();
  }
  EXPECT_TRUE(clamped) << "more than a third of the draws exceed their mean";
}

TEST(RandomDeathTest, RefusesEmptyRanges) {
  Random random{1};
  EXPECT_DEATH(random.below(0), "below\\(0\\)");
  EXPECT_DEATH(random.between(2, 1), "between\\(2, 1\\)");
  EXPECT_DEATH(random.chance(2, 1), "chance\\(2, 1\\)");
  EXPECT_DEATH(random.chance(0, 0), "chance\\(0, 0\\)");
  EXPECT_DEATH(random.exponential(0s), "exponential\\(0 ns\\)");
}

}  // namespace
}  // namespace pinproof::sim
