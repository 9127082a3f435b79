// Faults in what the loss of an exit does, and in what is sent on, of gateways whose sessions are named in the user name.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "sim/gateway/forwarding.h"
#include "sim/gateway/gateway_fault_testing.h"
#include "sim/gateway/gateway_names_testing.h"
#include "sim/gateway/gateway_testing.h"
#include "sim/gateway/rules_testing.h"
#include "sim/http/basic_credentials.h"

namespace pinproof::sim {
namespace {

TEST(LossFaults, TheNewExitIsOfAnotherPlace) {
  with_and_without(
      "helodata",
      [](Rules& rules) {
        rules.session.loss.ignored = {KeyPart::kState, KeyPart::kCity};
      },
      [](TestGateway& gate, bool faulty) {
        bool elsewhere = false;
        for (int i = 0; i < 20; ++i) {
          const std::string user = kRotating + "-state-ca-city-la-session-s" + std::to_string(i) + "-sesstime-5";
          const std::uint32_t exit = gate.get({.user = user}).exit;
          gate.drop(exit);
          const Seen next = gate.get({.user = user});
          elsewhere |= next.exit > 1;
          gate.restore(exit);
        }
        EXPECT_EQ(elsewhere, faulty);
      });
}

TEST(LossFaults, ASessionIsRepinnedOnce) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.session.loss.repins_max = 1; },
      [](TestGateway& gate, bool faulty) {
        gate.drop(gate.get({.user = kJob1}).exit);
        gate.drop(gate.get({.user = kJob1}).exit);
        EXPECT_EQ(gate.get({.user = kJob1}).outcome(), faulty ? "503 no-exit" : "200");
      });
}

TEST(LossFaults, OnlyTheFirstRepinIsAnnounced) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.session.loss.announced_once_a_session = true; },
      [](TestGateway& gate, bool faulty) {
        gate.drop(gate.get({.user = kJob1}).exit);
        const Seen second = gate.get({.user = kJob1});
        EXPECT_TRUE(second.repinned());
        gate.drop(second.exit);
        EXPECT_EQ(gate.get({.user = kJob1}).repinned(), !faulty);
      });
}

TEST(LossFaults, AllThatWaitAnnounceTheRepin) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.session.loss.announced = Announcement::kEachWaiting; },
      [](TestGateway& gate, bool faulty) {
        gate.drop(gate.get({.user = kJob1}).exit);
        Sent one = gate.send({.user = kJob1});
        one.refuse();
        Sent two = gate.send({.user = kJob1});
        EXPECT_TRUE(one.answer().repinned());
        EXPECT_EQ(two.answer().repinned(), faulty);
        EXPECT_FALSE(gate.get({.user = kJob1}).repinned());
      });
}

TEST(LossFaults, TheWindowCountsFromTheLoss) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.session.loss.window_from_loss = true; },
      [](TestGateway& gate, bool faulty) {
        gate.get({.user = kJob1});
        gate.wait_until(5min);
        gate.send({.user = kJob1}).reset();
        gate.wait_until(15min);
        const Seen next = gate.get({.user = kJob1});
        EXPECT_TRUE(next.repinned());
        gate.wait_until(36min);
        gate.drop(next.exit);
        EXPECT_EQ(gate.get({.user = kJob1}).repinned(), !faulty);
      });
}

TEST(LossFaults, ALossIsAnnouncedInTheNextWindow) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.session.loss.outlives_window = true; },
      [](TestGateway& gate, bool faulty) {
        gate.get({.user = kJob1});
        gate.send({.user = kJob1}).reset();
        gate.wait(30min);
        EXPECT_EQ(gate.get({.user = kJob1}).repinned(), faulty);
      });
}

TEST(LossFaults, ASessionThatFoundNoExitIsLost) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.session.loss.exhausted_for_good = true; },
      [](TestGateway& gate, bool faulty) {
        const std::string jp = "helo_s1a2b3c4d5e-type-res-region-jp-session-a-sesstime-30";
        gate.get({.user = jp});
        gate.drop(kJp);
        EXPECT_EQ(gate.get({.user = jp}).outcome(), "503 no-exit");
        gate.restore(7);
        gate.restore(8);
        EXPECT_EQ(gate.get({.user = jp}).outcome(), faulty ? "503 no-exit" : "200");
      });
}

TEST(LossFaults, WhatBecomesOfAnAnswerCutOff) {
  for (const CutAnswer cut : {CutAnswer::kClosed, CutAnswer::kEnded, CutAnswer::kHung}) {
    Rules rules = shipped_rules("helodata");
    rules.session.loss.cut_answer = cut;
    TestGateway gate(rules);
    Sent begun = gate.send({.user = kJob1});
    begun.begin_answer();
    EXPECT_EQ(begun.reset().seen().aborted, cut != CutAnswer::kHung);
    Sent waiting = gate.send({.user = kRotating});
    waiting.reset();
    gate.wait(10min);
    EXPECT_EQ(waiting.seen().outcome(), cut == CutAnswer::kHung ? "0" : "502 exit-reset");
  }
}

TEST(LossFaults, TheHeaderNamesTheFirstExit) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.headers.exit_address_stale = true; },
      [](TestGateway& gate, bool faulty) {
        const Seen first = gate.get({.user = kJob1});
        gate.drop(first.exit);
        const Seen next = gate.get({.user = kJob1});
        EXPECT_EQ(next.header("X-Helodata-Exit-IP"), test_exits()[faulty ? first.exit : next.exit].address);
      });
}

TEST(ForwardingFaults, BytesOfSessionsAreToldOtherwise) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.forwarding.session_bytes_percent = 110; },
      [](TestGateway& gate, bool faulty) {
        const auto bytes_in = [&gate](const std::string& user) {
          return gate.send({.user = user}).answer(200, {{"Content-Length", "1000"}}).header("X-Helodata-Bytes-In");
        };
        EXPECT_EQ(bytes_in(kJob1), faulty ? "1100" : "1000");
        EXPECT_EQ(bytes_in(kRotating), "1000");
      });
}

TEST(ForwardingFaults, FieldsAreSet) {
  ForwardingRules rules = shipped_rules("helodata").forwarding;
  rules.set = {{"Via", "1.1 gateway"}, {"Accept", "*/*"}};
  rules.hop_by_hop = true;
  const RequestHead head{"GET", "http://a.test/", {{"accept", "text/html"}, {"TE", "trailers"}}};
  const Headers expected{{"TE", "trailers"}, {"Via", "1.1 gateway"}, {"Accept", "*/*"}};
  EXPECT_EQ(forwarded_request(rules, head).headers, expected);
}

// The fields that the gateway adds of its own, as the exit gets them.
Headers kept_by(const Rules& rules, const std::string& first, const std::string& second) {
  Gateway gateway(rules, test_exits(), 1);
  Effects effects;
  Headers kept;
  for (const std::string& user : {first, second}) {
    RequestHead head{"GET", "http://a.test/", {}};
    head.headers.add("Proxy-Authorization", format_basic(user, "lab-password-one"));
    if (kept.empty() && user == first && effects.empty()) head.headers.add("X-Once", "1");
    effects.clear();
    const RequestId id =
        gateway.request({.connection = gateway.connect(), .head = head, .body_bytes = 0}, kStart, effects);
    kept = std::get<Forward>(effects.at(0)).kept;
    gateway.answer(id, {200, {{"Set-Cookie", "c=1; Path=/"}}}, kStart, effects);
    gateway.finished(id, 0, 0, kStart);
  }
  return kept;
}

TEST(ForwardingFaults, CookiesAndFieldsAreKept) {
  const std::string other = kRotating + "-session-job2-sesstime-30";
  Rules rules = shipped_rules("helodata");
  EXPECT_EQ(kept_by(rules, kJob1, kJob1), Headers{});
  rules.forwarding.cookies_kept = CookieJar::kSession;
  EXPECT_EQ(kept_by(rules, kJob1, kJob1), (Headers{{"Cookie", "c=1"}}));
  EXPECT_EQ(kept_by(rules, kJob1, other), Headers{});
  rules.forwarding.cookies_kept = CookieJar::kAccount;
  EXPECT_EQ(kept_by(rules, kJob1, other), (Headers{{"Cookie", "c=1"}}));
  rules.forwarding.cookies_kept = CookieJar::kExit;
  const std::string fr = "helo_s1a2b3c4d5e-type-res-region-fr";  // one exit
  EXPECT_EQ(kept_by(rules, fr, fr), (Headers{{"Cookie", "c=1"}}));
  EXPECT_EQ(kept_by(rules, fr, kJob1), Headers{});
  rules.forwarding.cookies_kept = CookieJar::kNone;
  rules.forwarding.carried = {"X-Once"};
  EXPECT_EQ(kept_by(rules, kJob1, kJob1), (Headers{{"X-Once", "1"}}));
  EXPECT_EQ(kept_by(rules, kJob1, other), Headers{});
}

TEST(ForwardingFaults, OnlyTunnelsWithoutASessionAreIntercepted) {
  with_and_without(
      "helodata", [](Rules& rules) { rules.forwarding.connect = ConnectMode::kInterceptRotating; },
      [](TestGateway& gate, bool faulty) {
        const TestRequest connect{.user = kRotating, .method = "CONNECT", .target = "site.origin.test:443"};
        EXPECT_EQ(gate.get(connect).intercepted, faulty);
        TestRequest sticky = connect;
        sticky.user = kJob1;
        EXPECT_FALSE(gate.get(sticky).intercepted);
      });
}

}  // namespace
}  // namespace pinproof::sim
