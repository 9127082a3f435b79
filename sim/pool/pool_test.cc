#include "sim/pool/pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/pool/standard_pool.h"

namespace pinproof::sim {
namespace {

using testing::ElementsAre;

constexpr ExitId kFirst{0};
constexpr ExitId kSecond{1};

Instant at(Duration since_start) { return kStart + since_start; }

std::vector<ExitChange> advance(Pool& pool, Instant now) {
  std::vector<ExitChange> changes;
  while (const auto change = pool.advance_to(now)) changes.push_back(*change);
  return changes;
}

std::vector<ExitBehaviour> receive(Pool& pool, ExitId exit, int requests) {
  std::vector<ExitBehaviour> behaviours;
  for (int i = 0; i < requests; ++i) behaviours.push_back(pool.receive(exit, kStart).behaviour);
  return behaviours;
}

constexpr auto kServes = ExitBehaviour::kServes;
constexpr auto kRefuses = ExitBehaviour::kRefuses;
constexpr auto kFails = ExitBehaviour::kFails;
constexpr auto kSilent = ExitBehaviour::kSilent;

TEST(ExitAction, WordsOfTheUpstreamContract) {
  for (const auto word : {"drop", "restore", "reset", "fail", "slow", "blackhole"}) {
    const auto action = parse_exit_action(word);
    ASSERT_TRUE(action) << word;
    EXPECT_EQ(to_string(*action), word);
  }
  EXPECT_EQ(parse_exit_action("Drop"), std::nullopt);
  EXPECT_EQ(parse_exit_action(""), std::nullopt);
}

struct ActionCase {
  const char* name;
  ExitAction action;
  std::optional<std::uint32_t> count;
  std::vector<ExitBehaviour> three_requests;
  bool up_after_action;
  bool up_after_requests;
  bool resets;
};

class PoolAction : public testing::TestWithParam<ActionCase> {};

TEST_P(PoolAction, DecidesHowRequestsAreTaken) {
  const ActionCase& c = GetParam();
  Pool pool(standard_pool());
  const ExitChange change = pool.apply({.exit = kFirst, .action = c.action, .count = c.count}, kStart);
  EXPECT_EQ(change, (ExitChange{kFirst, c.action, c.resets}));
  EXPECT_EQ(pool.is_up(kFirst), c.up_after_action);
  EXPECT_EQ(pool.up(), c.up_after_action ? 41U : 40U);
  EXPECT_EQ(receive(pool, kFirst, 3), c.three_requests);
  EXPECT_EQ(pool.is_up(kFirst), c.up_after_requests);
  EXPECT_EQ(pool.up(), c.up_after_requests ? 41U : 40U);
  EXPECT_TRUE(pool.is_up(kSecond));
  EXPECT_THAT(receive(pool, kSecond, 1), ElementsAre(kServes));
}

INSTANTIATE_TEST_SUITE_P(
    Table, PoolAction,
    testing::Values(ActionCase{"drop", ExitAction::kDrop, {}, {kRefuses, kRefuses, kRefuses}, false, false, true},
                    ActionCase{"drop_for_two", ExitAction::kDrop, 2, {kRefuses, kRefuses, kServes}, false, true, true},
                    ActionCase{"drop_for_none", ExitAction::kDrop, 0, {kServes, kServes, kServes}, true, true, true},
                    ActionCase{"restore", ExitAction::kRestore, {}, {kServes, kServes, kServes}, true, true, false},
                    ActionCase{"reset", ExitAction::kReset, {}, {kServes, kServes, kServes}, true, true, true},
                    ActionCase{"fail", ExitAction::kFail, {}, {kFails, kFails, kFails}, true, true, false},
                    ActionCase{"fail_once", ExitAction::kFail, 1, {kFails, kServes, kServes}, true, true, false},
                    ActionCase{"slow", ExitAction::kSlow, {}, {kServes, kServes, kServes}, true, true, false},
                    ActionCase{"blackhole", ExitAction::kBlackhole, {}, {kSilent, kSilent, kSilent}, true, true, false},
                    ActionCase{
                        "blackhole_twice", ExitAction::kBlackhole, 2, {kSilent, kSilent, kServes}, true, true, false}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Pool, SlowSaysHowLateAndForHowMany) {
  Pool pool(standard_pool());
  pool.apply({.exit = kFirst, .action = ExitAction::kSlow, .count = 1, .delay = 5s}, kStart);
  EXPECT_EQ(pool.receive(kFirst, kStart).delay, 5s);
  EXPECT_EQ(pool.receive(kFirst, kStart).delay, 0s);
}

TEST(Pool, TimedDropEndsAtItsInstant) {
  Pool pool(standard_pool());
  pool.apply({.exit = kFirst, .action = ExitAction::kDrop, .lasting = 10s}, at(5s));
  EXPECT_EQ(pool.next_change(), at(15s));
  EXPECT_THAT(advance(pool, at(14'999ms)), ElementsAre());
  EXPECT_FALSE(pool.is_up(kFirst));
  EXPECT_THAT(advance(pool, at(15s)), ElementsAre(ExitChange{kFirst, ExitAction::kRestore, false}));
  EXPECT_TRUE(pool.is_up(kFirst));
  EXPECT_EQ(pool.next_change(), kNever);
}

TEST(Pool, WhicheverIsOverFirst) {
  Pool pool(standard_pool());
  pool.apply({.exit = kFirst, .action = ExitAction::kFail, .lasting = 10s, .count = 1}, kStart);
  EXPECT_THAT(receive(pool, kFirst, 2), ElementsAre(kFails, kServes));
  EXPECT_EQ(pool.next_change(), kNever);

  pool.apply({.exit = kFirst, .action = ExitAction::kFail, .lasting = 10s, .count = 2}, kStart);
  EXPECT_THAT(receive(pool, kFirst, 1), ElementsAre(kFails));
  EXPECT_THAT(advance(pool, at(10s)), ElementsAre(ExitChange{kFirst, ExitAction::kRestore, false}));
  EXPECT_EQ(pool.receive(kFirst, at(10s)).behaviour, kServes);
}

TEST(Pool, TheEndOfAReplacedActionIsForgotten) {
  Pool pool(standard_pool());
  pool.apply({.exit = kFirst, .action = ExitAction::kDrop, .lasting = 10s}, kStart);
  pool.apply({.exit = kFirst, .action = ExitAction::kDrop, .lasting = 60s}, at(5s));
  EXPECT_THAT(advance(pool, at(59s)), ElementsAre());
  EXPECT_FALSE(pool.is_up(kFirst));
  EXPECT_EQ(pool.next_change(), at(65s));
}

TEST(Pool, ScheduledEventsComeInOrder) {
  Pool pool(standard_pool());
  pool.schedule({at(20s), {.exit = kSecond, .action = ExitAction::kDrop}});
  pool.schedule({at(10s), {.exit = kFirst, .action = ExitAction::kDrop, .lasting = 10s}});
  pool.schedule({at(20s), {.exit = kSecond, .action = ExitAction::kRestore}});
  EXPECT_EQ(pool.next_change(), at(10s));
  EXPECT_THAT(advance(pool, at(10s)), ElementsAre(ExitChange{kFirst, ExitAction::kDrop, true}));
  EXPECT_THAT(advance(pool, at(30s)), ElementsAre(ExitChange{kSecond, ExitAction::kDrop, true},
                                                  ExitChange{kSecond, ExitAction::kRestore, false},
                                                  ExitChange{kFirst, ExitAction::kRestore, false}));
  EXPECT_EQ(pool.up(), 41U);
}

TEST(Pool, ALengthBeyondTimeNeverEnds) {
  Pool pool(standard_pool());
  pool.apply({.exit = kFirst, .action = ExitAction::kDrop, .lasting = Duration::max()}, at(1s));
  EXPECT_EQ(pool.advance_to(at(24h * 365)), std::nullopt);
  EXPECT_FALSE(pool.is_up(kFirst));
}

TEST(Pool, ChurnAndActionsDoNotEndEachOther) {
  Pool pool(standard_pool(1));
  pool.begin_churn(Churn(1, {.mean_lifetime = 1h, .mean_absence = 1min}, Random(7)));
  const Instant leaves = pool.next_change();
  EXPECT_THAT(advance(pool, leaves), ElementsAre(ExitChange{kFirst, ExitAction::kDrop, true}));
  EXPECT_EQ(pool.receive(kFirst, leaves).behaviour, kRefuses);

  pool.apply({.exit = kFirst, .action = ExitAction::kDrop}, leaves);
  const Instant returns = pool.next_change();
  EXPECT_THAT(advance(pool, returns), ElementsAre(ExitChange{kFirst, ExitAction::kRestore, false}));
  EXPECT_FALSE(pool.is_up(kFirst));
  pool.apply({.exit = kFirst, .action = ExitAction::kRestore}, returns);
  EXPECT_TRUE(pool.is_up(kFirst));

  advance(pool, pool.next_change());
  EXPECT_FALSE(pool.is_up(kFirst));
  pool.apply({.exit = kFirst, .action = ExitAction::kRestore}, pool.next_change());
  EXPECT_TRUE(pool.is_up(kFirst));
  EXPECT_EQ(pool.up(), 1U);
}

TEST(Pool, FindsByAddress) {
  const Pool pool(standard_pool());
  EXPECT_EQ(pool.find("127.20.0.1"), kFirst);
  EXPECT_EQ(pool.find("127.20.0.41"), ExitId{40});
  EXPECT_EQ(pool.find("127.20.0.42"), std::nullopt);
}

TEST(PoolDeathTest, RefusesAnExitThatIsNotThere) {
  Pool pool(standard_pool(3));
  EXPECT_DEATH(pool.is_up(ExitId{3}), "exit 3 of a pool of 3");
}

}  // namespace
}  // namespace pinproof::sim
