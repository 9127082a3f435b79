// Delays as clients meet them, by the shipped crawlera rules (C-PAC).
#include <gtest/gtest.h>

#include <string>

#include "sim/gateway/gateway_testing.h"
#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {
namespace {

constexpr std::string_view kNext = "X-Crawlera-Next-Request-In";

class Paced : public testing::Test {
 protected:
  TestGateway gate{shipped_rules("crawlera")};
  Seen created;
  std::string session;

  void SetUp() override {
    created = gate.get(in("create"));
    session = created.header("X-Crawlera-Session");
    gate.wait_until(10min);  // the first request's slot is long past
  }

  static TestRequest in(const std::string& id) {
    return {.user = "labkeyone00000000000000000000000", .password = "", .headers = {{"X-Crawlera-Session", id}}};
  }
};

TEST_F(Paced, RequestsThroughOneExitAreTwelveSecondsApart) {  // C-PAC-1, C-PAC-9
  Sent first = gate.send(in(session));
  Sent second = gate.send(in(session));
  Sent third = gate.send(in(session));
  EXPECT_FALSE(first.held());
  EXPECT_TRUE(second.held());
  EXPECT_EQ(gate.model().counters().held, 2U);
  gate.wait(12s - 1ns);
  EXPECT_TRUE(second.held());
  gate.wait(1ns);
  EXPECT_FALSE(second.held());
  EXPECT_TRUE(third.held());
  gate.wait(12s);
  EXPECT_FALSE(third.held());
  for (Sent* sent : {&first, &second, &third}) EXPECT_EQ(sent->answer().outcome(), "200");
  EXPECT_TRUE(gate.idle());
}

TEST_F(Paced, TwelveSecondsLaterNothingIsHeld) {  // C-PAC-7
  gate.get(in(session));
  gate.wait(12s);
  EXPECT_FALSE(gate.send(in(session)).held());
}

TEST_F(Paced, AtTheSoftLimitEveryResponseTellsTheDelay) {  // C-PAC-4, C-PAC-5, C-PAC-6
  std::vector<Sent> sent;
  for (int i = 0; i < 13; ++i) sent.push_back(gate.send(in(session)));
  // Each is answered as it goes out.
  for (int i = 0; i < 10; ++i) EXPECT_EQ(sent[i].play().header(kNext), "(none)") << i * 12 << " s";
  EXPECT_EQ(sent[10].play().header(kNext), "120");
  EXPECT_EQ(sent[11].play().header(kNext), "132");
  EXPECT_EQ(sent[12].play().header(kNext), "144");
  gate.wait(10min);
  EXPECT_EQ(gate.get(in(session)).header(kNext), "(none)") << "after a pause (C-PAC-7)";
}

TEST_F(Paced, TheDelayIsToldInWholeSecondsRoundedUp) {
  for (int i = 0; i < 11; ++i) gate.send(in(session));
  gate.wait(500ms);
  Sent sent = gate.send(in(session));
  EXPECT_EQ(sent.play().header(kNext), "132") << "131.5 s";
}

TEST_F(Paced, NineHundredSecondsAreTheMostAndWhatIsOverIsRefused) {  // C-PAC-3
  std::vector<Sent> sent;
  for (int i = 0; i < 76; ++i) sent.push_back(gate.send(in(session)));
  EXPECT_TRUE(sent.back().held());
  const Seen over = gate.send(in(session)).seen();
  EXPECT_EQ(over.outcome(), "503 serverbusy");
  EXPECT_EQ(over.header("Retry-After"), "12");
  EXPECT_EQ(over.attempts, 0U);
  gate.wait(900s - 1ns);
  EXPECT_TRUE(sent.back().held());
  gate.wait(1ns);
  EXPECT_FALSE(sent.back().held());
}

TEST_F(Paced, ADomainsOwnDelay) {  // C-PAC-2
  TestRequest popular = in(session);
  popular.target = "http://Popular.origin.test/";
  gate.get(popular);
  Sent sent = gate.send(popular);
  gate.wait(3s - 1ns);
  EXPECT_TRUE(sent.held());
  gate.wait(1ns);
  EXPECT_FALSE(sent.held());
}

TEST_F(Paced, TwoSessionsOnOneExitShareTheSlotAndOnTwoTheyDoNot) {  // C-PAC-8
  // Twelve exits; free ones are preferred, so that each new session takes another until all are taken.
  std::vector<Seen> sessions;
  for (int i = 0; i < 13; ++i) sessions.push_back(gate.get(in("create")));
  gate.wait(10min);
  std::map<std::uint32_t, Sent> by_exit;
  int shared = 0;
  for (const Seen& seen : sessions) {
    Sent sent = gate.send(in(seen.header("X-Crawlera-Session")));
    EXPECT_EQ(sent.held(), by_exit.contains(seen.exit));
    shared += sent.held() ? 1 : 0;
    by_exit.emplace(seen.exit, sent);
  }
  EXPECT_EQ(shared, 1);
}

TEST_F(Paced, ARetryWaitsForItsSlot) {  // C-RET-5
  TestRequest request = in(session);
  request.headers.add("X-Crawlera-Max-Retries", "1");
  Sent sent = gate.send(request);
  sent.answer(502, {{"Proxy-Status", "exit"}});
  EXPECT_TRUE(sent.held());
  EXPECT_EQ(gate.model().counters().held, 1U);
  gate.wait(12s - 1ns);
  EXPECT_EQ(sent.attempts(), 1U);
  gate.wait(1ns);
  EXPECT_EQ(sent.attempts(), 2U);
  EXPECT_EQ(sent.answer().outcome(), "200");
}

TEST_F(Paced, TheTimeOfAnAttemptStartsWhenItGoesOut) {
  gate.send(in(session));
  gate.send(in(session));
  gate.send(in(session));
  Sent held = gate.send(in(session));
  gate.wait(36s);
  EXPECT_EQ(held.attempts(), 1U);
  gate.wait(30s - 1ns);
  EXPECT_EQ(held.seen().status, 0);
  gate.wait(1ns);
  EXPECT_EQ(held.seen().outcome(), "504 timeout");
}

TEST_F(Paced, AHeldRequestOfADeletedSessionIsServed) {
  gate.get(in(session));
  Sent held = gate.send(in(session));
  gate.api("DELETE", "/sessions/" + session, "Basic bGFia2V5b25lMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA6");
  gate.wait(12s);
  EXPECT_EQ(held.answer().outcome(), "200");
}

}  // namespace
}  // namespace pinproof::sim
