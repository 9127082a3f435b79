#include "conformance/judge/facts/exit_log.h"

#include <gtest/gtest.h>

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

Instant at(Duration since_start) { return sim::kStart + since_start; }

ExitActed acted(sim::ExitAction action, Duration when, std::uint64_t order = 0, std::string exit = "127.20.0.1") {
  ExitActed acted;
  acted.exit = std::move(exit);
  acted.action = action;
  acted.at = at(when);
  acted.order = order;
  return acted;
}

TEST(ExitLog, ADropLastsUntilTheRestore) {
  ExitLog log(Duration{});
  log.record(acted(sim::ExitAction::kDrop, 10s));
  log.record(acted(sim::ExitAction::kRestore, 20s));
  EXPECT_FALSE(log.maybe_lost("127.20.0.1", at(1s), at(9s)));
  EXPECT_TRUE(log.maybe_lost("127.20.0.1", at(1s), at(11s)));
  EXPECT_TRUE(log.down_throughout("127.20.0.1", at(11s), at(19s)));
  EXPECT_FALSE(log.down_throughout("127.20.0.1", at(9s), at(19s)));
  EXPECT_FALSE(log.down_throughout("127.20.0.1", at(11s), at(21s)));
  EXPECT_FALSE(log.maybe_lost("127.20.0.1", at(21s), at(30s)));
  EXPECT_FALSE(log.maybe_lost("127.20.0.2", at(1s), at(30s)));
}

// Whether a request at the very instant of a drop met it is not known by the clock.
TEST(ExitLog, AtOneInstantTheClockLeavesItOpen) {
  ExitLog log(Duration{});
  log.record(acted(sim::ExitAction::kDrop, 10s));
  EXPECT_TRUE(log.maybe_lost("127.20.0.1", at(10s), at(10s)));
  EXPECT_FALSE(log.down_throughout("127.20.0.1", at(10s), at(10s)));
}

TEST(ExitLog, AtOneInstantTheClientsOrderTells) {
  ExitLog log(Duration{});
  log.record(acted(sim::ExitAction::kDrop, 10s, 5));
  log.record(acted(sim::ExitAction::kRestore, 10s, 8));
  EXPECT_FALSE(log.maybe_lost("127.20.0.1", {at(10s), 3}, {at(10s), 4}));
  EXPECT_TRUE(log.down_throughout("127.20.0.1", {at(10s), 6}, {at(10s), 7}));
  EXPECT_FALSE(log.down_throughout("127.20.0.1", {at(10s), 6}, {at(10s), 9}));
  EXPECT_FALSE(log.maybe_lost("127.20.0.1", {at(10s), 9}, {at(10s), 10}));
}

TEST(ExitLog, ToleranceIsInTheGatewaysFavour) {
  ExitLog log(2s);
  log.record(acted(sim::ExitAction::kDrop, 10s));
  EXPECT_TRUE(log.maybe_lost("127.20.0.1", at(1s), at(8s)));
  EXPECT_FALSE(log.maybe_lost("127.20.0.1", at(1s), at(7s)));
  EXPECT_FALSE(log.down_throughout("127.20.0.1", at(12s), at(13s)));
  EXPECT_TRUE(log.down_throughout("127.20.0.1", at(13s), at(14s)));
}

TEST(ExitLog, ADropForAWhileEndsByItself) {
  ExitLog log(Duration{});
  ExitActed drop = acted(sim::ExitAction::kDrop, 10s);
  drop.lasting = 5s;
  log.record(drop);
  EXPECT_TRUE(log.down_throughout("127.20.0.1", at(11s), at(14s)));
  EXPECT_FALSE(log.maybe_lost("127.20.0.1", at(16s), at(17s)));
}

TEST(ExitLog, AFaultMayBeTakenForALossButDoesNotRefuse) {
  for (const auto action : {sim::ExitAction::kFail, sim::ExitAction::kSlow, sim::ExitAction::kBlackhole}) {
    ExitLog log(Duration{});
    log.record(acted(action, 10s));
    EXPECT_TRUE(log.maybe_lost("127.20.0.1", at(11s), at(12s)));
    EXPECT_FALSE(log.down_throughout("127.20.0.1", at(11s), at(12s)));
  }
}

// Exchanges may be judged long after what was done: what is no longer known in detail is not held against the gateway.
TEST(ExitLog, ManyOldDropsAreNotForgotten) {
  ExitLog log(Duration{});
  for (int i = 1; i <= 700; ++i) {
    log.record(acted(sim::ExitAction::kDrop, i * 10s));
    log.record(acted(sim::ExitAction::kRestore, i * 10s + 1s));
  }
  EXPECT_TRUE(log.maybe_lost("127.20.0.1", at(19s), at(21s)));
  EXPECT_TRUE(log.maybe_lost("127.20.0.1", at(6999s), at(7001s)));
  EXPECT_FALSE(log.maybe_lost("127.20.0.1", at(6992s), at(6999s)));
}

TEST(ExitLog, AnotherExitsLossIsANeighbours) {
  ExitLog log(Duration{});
  log.record(acted(sim::ExitAction::kDrop, 10s, 0, "127.20.0.2"));
  EXPECT_TRUE(log.other_lost("127.20.0.1", at(5s), at(15s)));
  EXPECT_FALSE(log.other_lost("127.20.0.2", at(5s), at(15s)));
  EXPECT_FALSE(log.other_lost("127.20.0.1", at(11s), at(15s)));
}

TEST(ExitLog, NamesThoseThatAreDown) {
  ExitLog log(Duration{});
  log.record(acted(sim::ExitAction::kDrop, 10s, 0, "127.20.0.1"));
  log.record(acted(sim::ExitAction::kDrop, 10s, 0, "127.20.0.2"));
  log.record(acted(sim::ExitAction::kRestore, 20s, 0, "127.20.0.1"));
  EXPECT_EQ(log.down_throughout(at(11s), at(15s)).size(), 2U);
  ASSERT_EQ(log.down_throughout(at(21s), at(25s)).size(), 1U);
  EXPECT_EQ(*log.down_throughout(at(21s), at(25s)).front(), "127.20.0.2");
  // The outage of the one is forgotten in time; that of the other is not over.
  EXPECT_EQ(log.down_throughout(at(3h), at(3h)).size(), 1U);
}

}  // namespace
}  // namespace pinproof::conformance
