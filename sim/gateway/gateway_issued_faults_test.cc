// The faults of gateways that issue sessions and pace requests, each shown beside what is right.
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>

#include "sim/gateway/gateway_fault_testing.h"
#include "sim/gateway/gateway_names_testing.h"
#include "sim/gateway/gateway_testing.h"
#include "sim/gateway/rules_testing.h"
#include "sim/http/basic_credentials.h"

namespace pinproof::sim {
namespace {

TestRequest plain() { return {.user = kKeyOne, .password = ""}; }
Seen api(TestGateway& gate, std::string_view method, const std::string& path = "", const std::string& key = kKeyOne) {
  return gate.api(method, "/sessions" + path, format_basic(key, ""));
}

// --- creation

TEST(IssuedFaults, CreationsAtOnceShareAnId) {
  with_and_without(
      "crawlera", [](Rules& rules) { rules.session.concurrent_creations_share = true; },
      [](TestGateway& gate, bool faulty) {
        Sent one = gate.send(issued("create"));
        Sent two = gate.send(issued("create"));
        const std::string id = one.answer().header("X-Crawlera-Session");
        gate.wait(12s);
        EXPECT_EQ(two.answer().header("X-Crawlera-Session") == id, faulty);
        gate.wait(12s);
        EXPECT_NE(gate.get(issued("create")).header("X-Crawlera-Session"), id) << "that one came later";
      });
}

TEST(IssuedFaults, TheIdIsNotTold) {
  with_and_without(
      "crawlera", [](Rules& rules) { rules.session.created_id_told = false; },
      [](TestGateway& gate, bool faulty) {
        EXPECT_EQ(gate.get(issued("create")).headers.has("X-Crawlera-Session"), !faulty);
        EXPECT_EQ(gate.model().sessions(), 1U);
      });
}

TEST(IssuedFaults, TheCreatingRequestLeavesElsewhere) {
  with_and_without(
      "crawlera", [](Rules& rules) { rules.session.creation_elsewhere = true; },
      [](TestGateway& gate, bool faulty) {
        const Seen first = gate.get(issued("create"));
        gate.wait(12s);
        const Seen second = gate.get(issued(first.header("X-Crawlera-Session")));
        EXPECT_EQ(second.exit != first.exit, faulty);
      });
}

TEST(IssuedFaults, WhatPostGivesIsRefused) {
  with_and_without(
      "crawlera", [](Rules& rules) { rules.api.created_usable = false; },
      [](TestGateway& gate, bool faulty) {
        const std::string id = api(gate, "POST").body;
        EXPECT_EQ(gate.get(issued(id)).outcome(), faulty ? "400 bad_session_id" : "200");
      });
}

TEST(IssuedFaults, UnknownIdsAreServed) {
  for (const UnknownId what : {UnknownId::kRefused, UnknownId::kCreated, UnknownId::kRotating}) {
    Rules rules = shipped_rules("crawlera");
    rules.session.unknown_id = what;
    TestGateway gate(rules);
    EXPECT_EQ(gate.get(issued("1836172")).outcome(), what == UnknownId::kRefused ? "400 bad_session_id" : "200");
    EXPECT_EQ(gate.model().sessions(), what == UnknownId::kCreated ? 1U : 0U);
  }
}

TEST(IssuedFaults, EachHostHasAnExit) {
  with_and_without(
      "crawlera", [](Rules& rules) { rules.session.exit_a_host = true; },
      [](TestGateway& gate, bool faulty) {
        const Seen first = gate.get(issued("create"));
        TestRequest other = issued(first.header("X-Crawlera-Session"));
        other.target = "http://other.origin.test/";
        gate.wait(12s);
        const Seen second = gate.get(other);
        EXPECT_EQ(second.exit != first.exit, faulty);
        gate.wait(12s);
        EXPECT_EQ(gate.get(other).exit, second.exit);
        EXPECT_EQ(gate.get(issued(first.header("X-Crawlera-Session"))).exit, first.exit);
      });
}

// --- the limit

TEST(IssuedFaults, TheLimit) {
  const auto limited = [](const std::function<void(Rules&)>& fault) {
    return [fault](Rules& rules) {
      rules.session.limit_per_account = 2;
      fault(rules);
    };
  };
  const auto full = [](TestGateway& gate) {
    api(gate, "POST");
    return api(gate, "POST").body;
  };
  const auto nothing = [](Rules&) {};
  for (const bool faulty : {false, true}) {
    Rules rules = shipped_rules("crawlera");
    limited(faulty ? std::function<void(Rules&)>([](Rules& r) { r.session.limit_over_all = true; }) : nothing)(rules);
    TestGateway over_all(rules);
    full(over_all);
    EXPECT_EQ(api(over_all, "POST", "", kKeyTwo).status, faulty ? 400 : 200);
  }
  for (const bool faulty : {false, true}) {
    Rules rules = shipped_rules("crawlera");
    rules.session.limit_per_account = 2;
    rules.session.refused_creations_count = faulty;
    TestGateway counting(rules);
    const std::string last = full(counting);
    EXPECT_EQ(api(counting, "POST").status, 400);
    EXPECT_EQ(api(counting, "DELETE", '/' + last).status, 204);
    EXPECT_EQ(api(counting, "POST").status, faulty ? 400 : 200);
  }
  for (const bool faulty : {false, true}) {
    Rules rules = shipped_rules("crawlera");
    rules.session.limit_per_account = 2;
    rules.api.creation_limited = !faulty;
    TestGateway posts(rules);
    full(posts);
    EXPECT_EQ(api(posts, "POST").status, faulty ? 200 : 400);
    EXPECT_EQ(posts.get(issued("create")).outcome(), "400 user_session_limit");
  }
}

TEST(IssuedFaults, ErrorsLackTheId) {
  with_and_without(
      "crawlera", [](Rules& rules) { rules.session.id_told_on_errors = false; },
      [](TestGateway& gate, bool faulty) {
        Sent sent = gate.send(issued("create"));
        sent.reset();
        EXPECT_EQ(sent.seen().headers.has("X-Crawlera-Session"), !faulty);
      });
}

// --- retries

TEST(RetryFaults, TheHeader) {
  const auto attempts = [](const std::function<void(Rules&)>& fault, const std::string& session, const char* count) {
    Rules rules = shipped_rules("crawlera");
    rules.pacing.delay = 0s;
    fault(rules);
    TestGateway gate(rules);
    gate.drop({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
    TestRequest request = session.empty() ? plain() : issued(session);
    request.headers.add("X-Crawlera-Max-Retries", count);
    return gate.get(request).attempts;
  };
  EXPECT_EQ(attempts([](Rules&) {}, "create", "2"), 3U);
  EXPECT_EQ(attempts([](Rules& rules) { rules.retries.header_plus = 1; }, "create", "2"), 4U);
  EXPECT_EQ(attempts([](Rules& rules) { rules.retries.header_in_session = false; }, "create", "2"), 1U);
  EXPECT_EQ(attempts([](Rules& rules) { rules.retries.header_in_session = false; }, "", "2"), 3U);
  EXPECT_EQ(attempts([](Rules&) {}, "create", "two"), 0U);
  EXPECT_EQ(attempts([](Rules& rules) { rules.retries.malformed_ignored = true; }, "create", "two"), 1U);
}

TEST(RetryFaults, OutsideASessionThroughTheSameExit) {
  with_and_without(
      "crawlera", [](Rules& rules) { rules.retries.outside_exit = RetryExit::kSame; },
      [](TestGateway& gate, bool faulty) {
        Sent sent = gate.send(plain());
        const std::uint32_t first = sent.exit();
        sent.reset();
        gate.wait(12s);
        EXPECT_EQ(sent.attempts(), 2U);
        EXPECT_EQ(sent.exit() == first, faulty);
      });
}

}  // namespace
}  // namespace pinproof::sim
