// The faults of pacing, each shown beside what is right.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "sim/gateway/gateway_names_testing.h"
#include "sim/gateway/gateway_testing.h"
#include "sim/gateway/pacing.h"
#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {
namespace {

std::vector<Duration> delays(const PacingRules& rules, const std::vector<Duration>& arrivals, std::uint32_t exits = 1) {
  Pacer pacer(rules);
  std::vector<Duration> all;
  for (std::uint32_t i = 0; i < arrivals.size(); ++i)
    all.push_back(pacer.take(ExitId{i % exits}, "site.origin.test", 1, kStart + arrivals[i]).delay);
  return all;
}

using Delays = std::vector<Duration>;

TEST(PacingFaults, OneLaneForAllExits) {
  PacingRules rules = shipped_rules("crawlera").pacing;
  EXPECT_EQ(delays(rules, {0s, 0s, 0s}, 3), (Delays{0s, 0s, 0s}));
  rules.scope = PacingScope::kGateway;
  EXPECT_EQ(delays(rules, {0s, 0s, 0s}, 3), (Delays{0s, 12s, 24s}));
}

TEST(PacingFaults, TheNextRequestResetsTheDelay) {
  PacingRules rules = shipped_rules("crawlera").pacing;
  EXPECT_EQ(delays(rules, {0s, 0s, 0s, 1s}), (Delays{0s, 12s, 24s, 35s}));
  rules.reset_by_next = true;
  EXPECT_EQ(delays(rules, {0s, 0s, 0s, 1s}), (Delays{0s, 12s, 12s, 11s}));
}

TEST(PacingFaults, AnExitRecoversSlowly) {
  PacingRules rules = shipped_rules("crawlera").pacing;
  Delays climb(11, 0s);  // the last waits 120 seconds
  climb.push_back(10min);
  EXPECT_EQ(delays(rules, climb).back(), 0s);
  rules.recovery = 20min;
  EXPECT_EQ(delays(rules, climb).back(), 12s);
  EXPECT_EQ(delays(rules, {0s, 0s, 1min}).back(), 0s) << "it never was at the soft limit";
  climb.back() = 1h;
  EXPECT_EQ(delays(rules, climb).back(), 0s);
}

struct Queue {
  explicit Queue(const std::function<void(Rules&)>& fault) : gate(rules_with(fault)) {
    const std::string id = gate.get(issued("create")).header("X-Crawlera-Session");
    for (int i = 0; i < 3; ++i) waiting.push_back(gate.send(issued(id)));
    gate.wait(12s);
  }
  static Rules rules_with(const std::function<void(Rules&)>& fault) {
    Rules rules = shipped_rules("crawlera");
    fault(rules);
    return rules;
  }

  TestGateway gate;
  std::vector<Sent> waiting;
};

TEST(PacingFaults, TheNewestGoesFirst) {
  Queue right([](Rules&) {});
  EXPECT_FALSE(right.waiting[0].held());
  EXPECT_TRUE(right.waiting[2].held());
  Queue wrong([](Rules& rules) { rules.pacing.newest_first = true; });
  EXPECT_FALSE(wrong.waiting[2].held());
  EXPECT_TRUE(wrong.waiting[0].held());
  wrong.waiting[2].answer();
  wrong.gate.wait(24s);
  EXPECT_FALSE(wrong.waiting[0].held()) << "none is forgotten";
}

TEST(PacingFaults, WhatHasWaitedIsForwardedTwice) {
  Queue right([](Rules&) {});
  EXPECT_EQ(right.waiting[0].attempts(), 1U);
  Queue wrong([](Rules& rules) { rules.pacing.forwarded_twice = true; });
  EXPECT_EQ(wrong.waiting[0].attempts(), 2U);
}

TEST(PacingFaults, OnlySessionsArePaced) {
  for (const bool sessions_only : {false, true}) {
    Rules rules = shipped_rules("crawlera");
    rules.pacing.sessions_only = sessions_only;
    TestGateway gate(rules, 1, {test_exits()[0]});
    gate.get({.user = kKeyOne, .password = ""});
    EXPECT_EQ(gate.send({.user = kKeyOne, .password = ""}).held(), !sessions_only);
    gate.wait(1min);
    gate.get(issued("create"));
    EXPECT_TRUE(gate.send(issued("create")).held());
  }
}

// What seventy-six requests at once are told, the last of them being refused.
std::vector<std::string> told(const std::function<void(Rules&)>& fault, const char* field) {
  Rules rules = shipped_rules("crawlera");
  fault(rules);
  TestGateway gate(rules);
  const std::string id = gate.get(issued("create")).header("X-Crawlera-Session");
  std::vector<Sent> sent;
  for (int i = 0; i < 76; ++i) sent.push_back(gate.send(issued(id)));
  std::vector<std::string> fields;
  for (Sent& each : sent) {
    if (!each.seen().own) {
      while (each.held()) gate.wait(12s);
      each.answer();
    }
    fields.push_back(each.seen().header(field));
  }
  return fields;
}

TEST(PacingFaults, TheDelayIsToldOnce) {
  const auto right = told([](Rules&) {}, "X-Crawlera-Next-Request-In");
  EXPECT_EQ(right[8], "(none)");
  EXPECT_EQ(right[9], "120");
  EXPECT_EQ(right[10], "132");
  EXPECT_EQ(right[74], "900");
  EXPECT_EQ(right[75], "900") << "refused: nobody is delayed for longer";
  const auto wrong = told([](Rules& rules) { rules.pacing.announced_once = true; }, "X-Crawlera-Next-Request-In");
  EXPECT_EQ(wrong[10], "(none)");
}

TEST(PacingFaults, NoRetryAfter) {
  EXPECT_EQ(told([](Rules&) {}, "Retry-After")[75], "12");
  EXPECT_EQ(told([](Rules& rules) { rules.pacing.retry_after_told = false; }, "Retry-After")[75], "(none)");
}

}  // namespace
}  // namespace pinproof::sim
