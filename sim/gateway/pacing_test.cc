#include "sim/gateway/pacing.h"

#include <gtest/gtest.h>

#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {
namespace {

constexpr ExitId kExit{0};
constexpr ExitId kOtherExit{1};

// One request: when it arrives, and the delay it gets.
Duration delay(Pacer& pacer, Duration arrives, ExitId exit = kExit, std::string_view host = "site.origin.test",
               std::uint64_t session = 1) {
  return pacer.take(exit, host, session, kStart + arrives).delay;
}

TEST(Pacing, TwelveSecondsBetweenRequestsOfOneExit) {
  const Rules rules = shipped_rules("crawlera");
  Pacer pacer(rules.pacing);
  ASSERT_TRUE(pacer.active());
  EXPECT_EQ(delay(pacer, 0s), 0s);
  EXPECT_EQ(delay(pacer, 0s), 12s);
  EXPECT_EQ(delay(pacer, 0s), 24s);
  EXPECT_EQ(delay(pacer, 1s), 35s);
  EXPECT_EQ(delay(pacer, 5s, kOtherExit), 0s) << "another exit has a slot of its own (C-PAC-8)";
  EXPECT_EQ(delay(pacer, 47999999999ns), 1ns);
  EXPECT_EQ(delay(pacer, 72s), 0s) << "free again (C-PAC-7)";
  EXPECT_EQ(delay(pacer, 84s), 0s) << "exactly the delay later";
}

TEST(Pacing, ADomainHasItsOwnDelayAndSharesTheSlot) {
  const Rules rules = shipped_rules("crawlera");
  Pacer pacer(rules.pacing);
  EXPECT_EQ(pacer.delay_of("popular.origin.test"), 3s);
  EXPECT_EQ(pacer.delay_of("www.popular.origin.test"), 3s);
  EXPECT_EQ(pacer.delay_of("WWW.Popular.Origin.TEST."), 3s);
  EXPECT_EQ(pacer.delay_of("unpopular.origin.test"), 12s);
  EXPECT_EQ(delay(pacer, 0s, kExit, "popular.origin.test"), 0s);
  EXPECT_EQ(delay(pacer, 0s, kExit, "site.origin.test"), 3s);
  EXPECT_EQ(delay(pacer, 0s, kExit, "popular.origin.test"), 15s);
}

TEST(Pacing, TheNarrowestDomainDecides) {
  PacingRules rules;
  rules.delay = 12s;
  rules.ceiling = 900s;
  rules.domains = {{"example.test", 6s}, {"shop.example.test", 2s}};
  const Pacer pacer(rules);
  EXPECT_EQ(pacer.delay_of("a.shop.example.test"), 2s);
  EXPECT_EQ(pacer.delay_of("a.example.test"), 6s);
  EXPECT_EQ(pacer.delay_of("example.test"), 6s);
  EXPECT_EQ(pacer.delay_of("notexample.test"), 12s);
}

TEST(Pacing, NineHundredSecondsAreServedAndMoreIsRefused) {
  const Rules rules = shipped_rules("crawlera");
  Pacer pacer(rules.pacing);
  for (int i = 0; i < 75; ++i) ASSERT_EQ(delay(pacer, 0s), i * 12s);
  EXPECT_EQ(delay(pacer, 0s), 900s);
  const Paced over = pacer.take(kExit, "site.origin.test", 1, kStart);
  EXPECT_TRUE(over.refused);
  EXPECT_EQ(over.delay, 912s);
  EXPECT_FALSE(pacer.take(kExit, "site.origin.test", 1, kStart + 12s).refused) << "the refused one took no slot";
  EXPECT_TRUE(pacer.take(kExit, "site.origin.test", 1, kStart + 12s).refused);
}

TEST(Pacing, OverTheCeilingIsARule) {
  Rules rules = shipped_rules("crawlera");
  rules.pacing.over_ceiling = OverCeiling::kStillCeiling;
  Pacer still(rules.pacing);
  for (int i = 0; i < 80; ++i) ASSERT_EQ(delay(still, 0s), std::min<Duration>(i * 12s, 900s));

  PacingRules none = rules.pacing;
  none.over_ceiling = OverCeiling::kNoCeiling;
  Pacer unbounded(none);
  for (int i = 0; i < 80; ++i) ASSERT_EQ(delay(unbounded, 0s), i * 12s);
}

TEST(Pacing, TheLawIsARule) {
  struct Row {
    PacingLaw law;
    std::vector<Duration> delays;  // of five requests, three seconds apart
  };
  const std::vector<Row> rows = {
      {PacingLaw::kQueue, {0s, 9s, 18s, 27s, 36s}},
      {PacingLaw::kLinear, {0s, 12s, 24s, 36s, 48s}},
      {PacingLaw::kMultiplicative, {0s, 12s, 24s, 48s, 96s}},
      {PacingLaw::kNoGrowth, {0s, 9s, 12s, 12s, 12s}},
  };
  for (const Row& row : rows) {
    PacingRules rules = shipped_rules("crawlera").pacing;
    rules.law = row.law;
    Pacer pacer(rules);
    for (std::size_t i = 0; i < row.delays.size(); ++i) {
      EXPECT_EQ(delay(pacer, i * 3s), row.delays[i]) << "law " << static_cast<int>(row.law) << ", request " << i;
    }
  }
}

TEST(Pacing, TheGrowthOfTheMultiplicativeLawIsARule) {
  PacingRules rules = shipped_rules("crawlera").pacing;
  rules.law = PacingLaw::kMultiplicative;
  rules.growth_percent = 300;
  Pacer pacer(rules);
  for (const Duration expected : {Duration(0s), Duration(12s), Duration(36s), Duration(108s), Duration(324s)}) {
    EXPECT_EQ(delay(pacer, 0s), expected);
  }
}

TEST(Pacing, TheScopeIsARule) {
  PacingRules rules = shipped_rules("crawlera").pacing;
  rules.scope = PacingScope::kExitAndDomain;
  Pacer by_domain(rules);
  EXPECT_EQ(delay(by_domain, 0s, kExit, "a.test"), 0s);
  EXPECT_EQ(delay(by_domain, 0s, kExit, "b.test"), 0s);
  EXPECT_EQ(delay(by_domain, 0s, kExit, "a.test"), 12s);
  EXPECT_EQ(delay(by_domain, 0s, kOtherExit, "a.test"), 0s);

  rules.scope = PacingScope::kSession;
  Pacer by_session(rules);
  EXPECT_EQ(delay(by_session, 0s, kExit, "a.test", 1), 0s);
  EXPECT_EQ(delay(by_session, 0s, kExit, "a.test", 2), 0s) << "one exit, two sessions";
  EXPECT_EQ(delay(by_session, 0s, kOtherExit, "a.test", 1), 12s);
}

TEST(Pacing, SaysTheDelayThatWouldBeNext) {
  const Rules rules = shipped_rules("crawlera");
  Pacer pacer(rules.pacing);
  const Paced first = pacer.take(kExit, "site.origin.test", 1, kStart);
  EXPECT_EQ(first.start, kStart);
  EXPECT_EQ(first.next, 12s);
  const Paced second = pacer.take(kExit, "site.origin.test", 1, kStart + 2s);
  EXPECT_EQ(second.start, kStart + 12s);
  EXPECT_EQ(second.delay, 10s);
  EXPECT_EQ(second.next, 22s);
  EXPECT_EQ(pacer.free_at(kExit), kStart + 24s);
  EXPECT_EQ(pacer.free_at(kOtherExit), kStart);
}

TEST(Pacing, ZeroIsNoPacing) {
  const Rules rules = shipped_rules("helodata");
  EXPECT_FALSE(Pacer(rules.pacing).active());
}

TEST(Pacing, LanesThatClientsMakeUpAreForgotten) {
  PacingRules rules = shipped_rules("crawlera").pacing;
  rules.scope = PacingScope::kExitAndDomain;
  Pacer pacer(rules);
  EXPECT_EQ(delay(pacer, 0s, kExit, "held.test"), 0s);
  EXPECT_EQ(delay(pacer, 0s, kExit, "held.test"), 12s);
  for (int i = 0; i < 70'000; ++i) ASSERT_EQ(delay(pacer, 1s, kExit, std::to_string(i) + ".test"), 0s);
  EXPECT_EQ(delay(pacer, 1s, kExit, "held.test"), 23s) << "one that is not free is kept";
}

TEST(Pacing, NoNumberOfRequestsLeavesTheTimeline) {
  for (const PacingLaw law :
       {PacingLaw::kQueue, PacingLaw::kLinear, PacingLaw::kMultiplicative, PacingLaw::kNoGrowth}) {
    PacingRules rules;
    rules.delay = std::chrono::hours(24 * 7);
    rules.law = law;
    rules.growth_percent = 1'000'000;
    rules.over_ceiling = OverCeiling::kNoCeiling;
    Pacer pacer(rules);
    for (int i = 0; i < 100'000; ++i) ASSERT_LE(delay(pacer, 0s), std::chrono::hours(24 * 365));
  }
}

}  // namespace
}  // namespace pinproof::sim
