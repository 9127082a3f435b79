// The faults of gateways whose sessions are named in the user name, each shown by what a client or an upstream sees of it, beside what is
// right.
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>

#include "sim/gateway/gateway_fault_testing.h"
#include "sim/gateway/gateway_names_testing.h"
#include "sim/gateway/gateway_testing.h"
#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {
namespace {

const std::string kToken = "Bearer lab-token-one";
const std::string kSessions = "/v1/residential/sessions";

std::set<std::uint32_t> exits_of(TestGateway& gate, const TestRequest& request, int times) {
  std::set<std::uint32_t> exits;
  for (int i = 0; i < times; ++i) exits.insert(gate.get(request).exit);
  return exits;
}

// --- user names and credentials

TEST(Faults, NamesThatShouldBeRefused) {
  struct Case {
    std::function<void(Rules&)> fault;
    std::string name;
    const char* right;
  };
  const Case cases[] = {
      {[](Rules& rules) { rules.user_name.minutes_alone = true; }, kRotating + "-sesstime-10",
       "400 session-incomplete"},
      {[](Rules& rules) { rules.user_name.unknown_segments_ignored = true; }, kRotating + "-country-us",
       "400 bad-username"},
      {[](Rules& rules) { rules.user_name.segments_in_any_order = true; }, "helo_s1a2b3c4d5e-region-us-type-res",
       "400 bad-username"},
  };
  for (const Case& each : cases) {
    with_and_without("helodata", each.fault, [&](TestGateway& gate, bool faulty) {
      EXPECT_EQ(gate.get({.user = each.name}).outcome(), faulty ? "200" : each.right) << each.name;
    });
  }
}

TEST(Faults, ARefusedNameOpensASession) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.user_name.refused_names_open_sessions = true; },
      [](TestGateway& gate, bool faulty) {
        const std::string bad = kRotating + "-session-Bad-sesstime-10";
        EXPECT_EQ(gate.get({.user = bad}).outcome(), "400 bad-username");
        EXPECT_EQ(gate.get({.user = bad}).attempts, 0U);
        EXPECT_EQ(gate.get({.credentials = false}).outcome(), "407 auth-failed");
        EXPECT_EQ(gate.model().sessions(), faulty ? 1U : 0U);
      });
}

TEST(Faults, NoChallenge) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.authentication.challenged = false; },
      [](TestGateway& gate, bool faulty) {
        EXPECT_EQ(gate.get({.credentials = false}).header("Proxy-Authenticate"),
                  faulty ? "(none)" : "Basic realm=\"helodata\"");
      });
}

// --- rotation

TEST(Faults, ConnectionsShareAnExit) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.rotation.connections_an_exit = 0; },
      [](TestGateway& gate, bool faulty) {
        EXPECT_EQ(exits_of(gate, {.user = kRotating}, 60).size(), faulty ? 1U : 4U);
      });
  Rules rules = shipped_rules("helodata");
  rules.rotation.connections_an_exit = 3;
  TestGateway gate(rules);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(exits_of(gate, {.user = kRotating}, 3).size(), 1U);
}

TEST(Faults, WhoClosesKeepsTheExit) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.rotation.exit_kept_on_close = true; },
      [](TestGateway& gate, bool faulty) {
        const TestRequest closing{.user = kRotating, .headers = {{"Connection", "close"}}};
        EXPECT_EQ(exits_of(gate, closing, 60).size(), faulty ? 1U : 4U);
        EXPECT_EQ(exits_of(gate, {.user = kRotating}, 60).size(), 4U) << "nobody else does";
      });
}

TEST(Faults, PartsOfTheNameAreIgnored) {
  const std::string la = kRotating + "-state-ca-city-la";
  with_and_without(
      "helodata",
      [](Rules& rules) {
        rules.rotation.ignored = {KeyPart::kState, KeyPart::kCity};
      },
      [&](TestGateway& gate, bool faulty) { EXPECT_EQ(exits_of(gate, {.user = la}, 60).size(), faulty ? 4U : 2U); });
  with_and_without(
      "helodata",
      [](Rules& rules) {
        rules.session.ignored = {KeyPart::kState, KeyPart::kCity};
      },
      [&](TestGateway& gate, bool faulty) {
        std::set<std::uint32_t> exits;
        for (int i = 0; i < 60; ++i)
          exits.insert(gate.get({.user = la + "-session-s" + std::to_string(i) + "-sesstime-5"}).exit);
        EXPECT_EQ(exits.size(), faulty ? 4U : 2U);
      });
}

TEST(Faults, RotatingAnswersAnnounceARepin) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.rotation.announced = true; },
      [](TestGateway& gate, bool faulty) {
        EXPECT_EQ(gate.get({.user = kRotating}).repinned(), faulty);
        EXPECT_FALSE(gate.get({.user = kJob1}).repinned());
      });
}

// --- sessions

TEST(Faults, ASessionMoves) {
  for (const bool announced : {false, true}) {
    with_and_without(
        "helodata",
        [announced](Rules& rules) {
          rules.session.moves_after = 3;
          rules.session.moves_announced = announced;
        },
        [announced](TestGateway& gate, bool faulty) {
          const std::uint32_t exit = gate.get({.user = kJob1}).exit;
          EXPECT_EQ(exits_of(gate, {.user = kJob1}, 2), std::set{exit});
          const Seen fourth = gate.get({.user = kJob1});
          EXPECT_EQ(fourth.exit != exit, faulty);
          EXPECT_EQ(fourth.repinned(), faulty && announced);
        });
  }
}

TEST(Faults, OldSessionsArePushedOut) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.session.kept_max = 2; },
      [](TestGateway& gate, bool faulty) {
        for (const char* id : {"a", "b", "c"}) gate.get({.user = kRotating + "-session-" + id + "-sesstime-30"});
        EXPECT_EQ(gate.model().sessions(), faulty ? 2U : 3U);
      });
}

TEST(Faults, AnExitHasOneSession) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.session.exits_exclusive = true; },
      [](TestGateway& gate, bool faulty) {
        const std::string jp = "helo_s1a2b3c4d5e-type-res-region-jp-session-";
        std::set<std::string> outcomes;
        for (const char* id : {"a", "b", "c"}) outcomes.insert(gate.get({.user = jp + id + "-sesstime-5"}).outcome());
        EXPECT_EQ(outcomes.contains("503 no-exit"), faulty);
      });
}

TEST(Faults, WhatComesAfterAnExpiry) {
  const auto after_expiry = [](AfterExpiry after, int windows, std::string& outcome) {
    Rules rules = shipped_rules("helodata");
    rules.session.after_expiry = after;
    TestGateway gate(rules);
    std::set<std::uint32_t> exits;
    for (int i = 0; i < windows; ++i) {
      const Seen seen = gate.get({.user = kRotating + "-session-a-sesstime-1"});
      exits.insert(seen.exit);
      outcome = seen.outcome();
      gate.wait(1min);
    }
    return exits.size();
  };
  std::string outcome;
  EXPECT_EQ(after_expiry(AfterExpiry::kNew, 60, outcome), 4U);
  EXPECT_EQ(after_expiry(AfterExpiry::kSameExit, 60, outcome), 1U);
  EXPECT_EQ(outcome, "200");
  after_expiry(AfterExpiry::kRefused, 2, outcome);
  EXPECT_EQ(outcome, "400 bad-username");

  Rules rules = shipped_rules("helodata");
  rules.session.after_expiry = AfterExpiry::kRotating;
  TestGateway gate(rules);
  gate.get({.user = kJob1});
  gate.wait(30min);
  EXPECT_EQ(exits_of(gate, {.user = kJob1}, 60).size(), 4U);
}

TEST(Faults, TheEndOfTheWindowIsLate) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.session.window.grace = 1ns; },
      [](TestGateway& gate, bool faulty) {
        gate.drop(gate.get({.user = kJob1}).exit);
        gate.wait(30min);
        EXPECT_EQ(gate.get({.user = kJob1}).repinned(), faulty);
      });
}

TEST(Faults, TheWindowStartsWithTheAnswer) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.session.window.from_answer = true; },
      [](TestGateway& gate, bool faulty) {
        Sent slow = gate.send({.user = kJob1});
        gate.wait(20s);
        const std::uint32_t exit = slow.answer().exit;
        gate.wait_until(30min);
        gate.drop(exit);
        EXPECT_EQ(gate.get({.user = kJob1}).repinned(), faulty);
      });
}

TEST(Faults, ANewIdInheritsTheTimer) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.session.window_inherited = true; },
      [](TestGateway& gate, bool faulty) {
        gate.get({.user = kJob1});
        gate.wait(10min);
        const std::string fresh = kRotating + "-session-job2-sesstime-30";
        gate.drop(gate.get({.user = fresh}).exit);
        gate.wait(20min);
        EXPECT_EQ(gate.get({.user = fresh}).repinned(), !faulty);
      });
}

// --- the sessions API

TEST(Faults, Listings) {
  Rules rules = shipped_rules("helodata");
  rules.api.own_only = false;
  rules.api.listed_exit_other = true;
  rules.api.repin_listed = false;
  TestGateway gate(rules);
  const std::string fr = "helo_s9z8y7x6w5v-type-res-region-fr-session-a-sesstime-5";
  gate.get({.user = fr, .password = "lab-password-two"});
  const std::string theirs = gate.api("GET", kSessions, kToken).body;
  EXPECT_NE(theirs.find("s9z8y7x6w5v"), std::string::npos);
  EXPECT_EQ(theirs.find(test_exits()[11].address + '"'), std::string::npos) << "the only exit that it can have";
  gate.drop(gate.get({.user = kJob1}).exit);
  EXPECT_TRUE(gate.get({.user = kJob1}).repinned());
  EXPECT_EQ(gate.api("GET", kSessions, kToken).body.find("\"repinned\":true"), std::string::npos);
}

TEST(Faults, APageLosesOne) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.api.pages_lose_one = true; },
      [](TestGateway& gate, bool faulty) {
        for (int i = 0; i < 102; ++i) gate.get({.user = kRotating + "-session-s" + std::to_string(i) + "-sesstime-5"});
        const std::string last = gate.api("GET", kSessions + "?cursor=ses_100", kToken).body;
        EXPECT_NE(last.find("s100"), std::string::npos);
        const std::string first = gate.api("GET", kSessions, kToken).body;
        EXPECT_NE(first.find(faulty ? "\"ses_101\"" : "\"next_cursor\":\"ses_100\""), std::string::npos);
      });
}

TEST(Faults, AnyTokenWillDo) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.api.credentials_checked = false; },
      [](TestGateway& gate, bool faulty) {
        EXPECT_EQ(gate.api("GET", kSessions, "Bearer wrong").status, faulty ? 200 : 401);
        EXPECT_EQ(gate.api("GET", kSessions, "").status, faulty ? 200 : 401);
      });
}

TEST(Faults, Deletions) {
  Rules rules = shipped_rules("helodata");
  rules.api.deletion_ends = false;
  rules.api.unknown_deleted = true;
  TestGateway kept(rules);
  kept.get({.user = kJob1});
  EXPECT_EQ(kept.api("DELETE", kSessions + "/ses_1", kToken).status, 204);
  EXPECT_EQ(kept.api("DELETE", kSessions + "/ses_9", kToken).status, 204);
  EXPECT_EQ(kept.model().sessions(), 1U);
  rules = shipped_rules("helodata");
  rules.api.deletion_ends_all = true;
  TestGateway emptied(rules);
  emptied.get({.user = kJob1});
  emptied.get({.user = kRotating + "-session-job2-sesstime-30"});
  EXPECT_EQ(emptied.api("DELETE", kSessions + "/ses_1", kToken).status, 204);
  EXPECT_EQ(emptied.model().sessions(), 0U);
}

}  // namespace
}  // namespace pinproof::sim
