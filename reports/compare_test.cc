#include "reports/compare.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reports/result_testing.h"

namespace pinproof::reports {
namespace {

/// "broken requirement H-STK-6: pass -> fail", a line each.
std::string words(const Comparison& comparison) {
  std::string text;
  for (const VerdictChange& one : comparison.changes) {
    text += std::string(to_string(one.change)) + " " + one.kind + " " + one.id + ": " + one.before + " -> " +
            one.after + "\n";
  }
  return text;
}

TEST(Compare, ARunWithItselfIsUnchanged) {
  const Comparison comparison = compare(with_failures(), with_failures());
  EXPECT_EQ(words(comparison), "");
  EXPECT_EQ(comparison.unchanged, 6U + 5U);
  EXPECT_TRUE(comparison.facts.empty());
  EXPECT_TRUE(comparison.drifts.empty());
}

TEST(Compare, WhatBrokeComesFirst) {
  const Comparison comparison = compare(all_pass(), with_failures());
  EXPECT_EQ(words(comparison),
            "broken requirement H-STK-6: pass -> fail\n"
            "broken requirement H-PIN-10: pass -> fail\n"
            "broken scenario helodata/sticky/window-is-capped: pass -> fail\n"
            "added scenario helodata/pins/quiet-hour:  -> pass\n"
            "added scenario crawlera/errors/bad-header:  -> fail\n");
  EXPECT_EQ(comparison.changes[0].reason,
            "still pinned to 127.20.0.4 30m30s after the first request; at most 30m were promised");
  EXPECT_EQ(comparison.changes[0].replay,
            "tools/pinproof replay scenarios/helodata/sticky/window-is-capped.json --seed 7");
  EXPECT_EQ(comparison.unchanged, 4U + 2U);
}

TEST(Compare, TheOtherWayRoundItIsFixed) {
  EXPECT_EQ(words(compare(with_failures(), all_pass())),
            "fixed requirement H-STK-6: fail -> pass\n"
            "fixed requirement H-PIN-10: fail -> pass\n"
            "fixed scenario helodata/sticky/window-is-capped: fail -> pass\n"
            "removed scenario helodata/pins/quiet-hour: pass -> \n"
            "removed scenario crawlera/errors/bad-header: fail -> \n");
}

TEST(Compare, EveryStepBetweenVerdicts) {
  struct Case {
    std::string before;
    std::string after;
    std::string change;
  };
  const std::vector<Case> cases = {
      {"pass", "not_testable", "newly untested"},   {"fail", "setup_fail", "newly untested"},
      {"pass", "inconclusive", "newly untested"},   {"not_exercised", "pass", "newly tested"},
      {"inconclusive", "pass", "newly tested"},     {"harness_error", "fail", "broken"},
      {"not_testable", "not_supported", "changed"}, {"inconclusive", "setup_fail", "changed"},
  };
  for (const Case& one : cases) {
    Result before;
    before.requirements.resize(1);
    Result after = before;
    before.requirements[0].verdict = one.before;
    after.requirements[0].verdict = one.after;
    const Comparison comparison = compare(before, after);
    ASSERT_EQ(comparison.changes.size(), 1U) << one.before << " -> " << one.after;
    EXPECT_EQ(to_string(comparison.changes[0].change), one.change) << one.before << " -> " << one.after;
  }
}

TEST(Compare, SaysWhatElseDiffers) {
  Result before = all_pass();
  Result after = all_pass();
  before.seed = 8;
  before.implementation.version = "0.0.9";
  after.target.kind = "lab";
  after.readings[0].value = "clamp";
  after.readings.pop_back();
  std::string text;
  for (const FactChange& one : compare(before, after).facts)
    text += one.what + ": " + one.before + " -> " + one.after + "\n";
  EXPECT_EQ(text,
            "version of the implementation: 0.0.9 -> 0.1.0\n"
            "target: reference gateway (sim) -> reference gateway (lab)\n"
            "seed: 8 -> 7\n"
            "reading over_cap of helodata: reject -> clamp\n"
            "reading lost_exit of crawlera: ends -> \n");
}

std::string drifts(const Timing& was, const Timing& is, std::uint64_t tolerance_us = 0, const char* clock = "virtual") {
  Result before;
  before.target.clock = "virtual";
  before.scenarios.resize(1);
  before.scenarios[0].id = "a";
  Result after = before;
  before.scenarios[0].timing = was;
  after.scenarios[0].timing = is;
  after.target.tolerance_us = tolerance_us;
  after.target.clock = clock;
  std::string text;
  for (const TimingDrift& one : compare(before, after).drifts) {
    text += one.what + " " + std::to_string(one.before_us) + " -> " + std::to_string(one.after_us) + "\n";
  }
  return text;
}

TEST(Compare, DriftsAreOverAMillisecondATenthAndTheTolerance) {
  EXPECT_EQ(drifts({1, 5000, 5000, 5000, 9'000'000}, {1, 6000, 6001, 5500, 9'900'000}), "p95 5000 -> 6001\n");
  EXPECT_EQ(drifts({1, 100'000, 100'000, 100'000, 0}, {1, 110'000, 110'001, 89'999, 0}),
            "max 100000 -> 89999\np95 100000 -> 110001\n");
  EXPECT_EQ(drifts({1, 0, 0, 0, 1'000'000}, {1, 0, 0, 0, 3'000'000}, 2'000'000), "");
  EXPECT_EQ(drifts({1, 0, 0, 0, 1'000'000}, {1, 0, 0, 0, 3'000'001}, 2'000'000), "span 1000000 -> 3000001\n");
}

TEST(Compare, TimesOfNothingOrOfAnotherClockAreNotCompared) {
  EXPECT_EQ(drifts({0, 0, 0, 0, 0}, {1, 9000, 9000, 9000, 9000}), "");
  EXPECT_EQ(drifts({1, 1, 1, 1, 1}, {1, 9000, 9000, 9000, 9000}, 0, "wall"), "");
}

}  // namespace
}  // namespace pinproof::reports
