#include "conformance/judge/facts/sample.h"

#include <gtest/gtest.h>

#include <ostream>

namespace pinproof::conformance {
namespace {

constexpr std::int64_t kOneInAMillion = 1'000'000;

struct Case {
  const char* name;
  std::uint64_t trials;
  std::uint64_t hits;
  double chance;
  bool fails;
  bool can_fail;
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

class Samples : public testing::TestWithParam<Case> {};

TEST_P(Samples, FailOnlyWhereChanceIsRuledOut) {
  const Case& one = GetParam();
  Sample sample{"hits"};
  for (std::uint64_t i = 0; i < one.trials; ++i) sample.add(one.chance, i < one.hits, i + 1);
  EXPECT_EQ(sample.fails(kOneInAMillion), one.fails) << sample.words();
  EXPECT_EQ(sample.can_fail(kOneInAMillion), one.can_fail);
}

const Case kCases[] = {
    {"None", 0, 0, 0.5, false, false},
    // 2^19 = 524,288 and 2^20 = 1,048,576.
    {"NineteenHeads", 19, 19, 0.5, false, false},
    {"TwentyHeads", 20, 20, 0.5, true, true},
    {"AsExpected", 1000, 500, 0.5, false, true},
    {"FewerThanExpected", 1000, 100, 0.5, false, true},
    // Far beyond five standard deviations (15.8 each).
    {"FarMoreThanExpected", 1000, 600, 0.5, true, true},
    {"SomewhatMore", 1000, 540, 0.5, false, true},
    {"ImpossibleByChance", 1, 1, 0.0, true, true},
    {"CertainByChance", 100, 100, 1.0, false, false},
};

INSTANTIATE_TEST_SUITE_P(Cases, Samples, testing::ValuesIn(kCases),
                         [](const testing::TestParamInfo<Case>& one) { return std::string(one.param.name); });

TEST(Samples, AddUp) {
  Sample all;
  for (int run = 0; run < 2; ++run) {
    Sample ten{"heads"};
    for (std::uint64_t i = 1; i <= 10; ++i) ten.add(0.5, true, i);
    EXPECT_FALSE(ten.can_fail(kOneInAMillion));
    all.add(ten);
  }
  EXPECT_TRUE(all.fails(kOneInAMillion));
  EXPECT_EQ(all.words(), "heads: 20 of 20 trials, 10 expected; chance alone does so at most once in 1.05e+06 runs");
  EXPECT_EQ(all.evidence.size(), 20U);
}

TEST(Samples, KeepTheFirstHundredHits) {
  Sample sample;
  for (std::uint64_t i = 1; i <= 200; ++i) sample.add(0.5, true, i);
  EXPECT_EQ(sample.hits, 200U);
  EXPECT_EQ(sample.evidence.size(), 100U);
  EXPECT_EQ(sample.evidence.back(), 100U);
}

}  // namespace
}  // namespace pinproof::conformance
