// Every choice that rules have about sessions, shown to change what a client sees. Those of user names, pacing, control headers and
// forwarding are in the tests of those files.
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>

#include "sim/gateway/gateway_names_testing.h"
#include "sim/gateway/gateway_testing.h"
#include "sim/gateway/rules_testing.h"
#include "sim/http/basic_credentials.h"

namespace pinproof::sim {
namespace {

TestRequest connect_as(const std::string& user) {
  return {.user = user, .method = "CONNECT", .target = "site.origin.test:443"};
}

TEST(SessionChoices, EachPartOfTheKeyTellsSessionsApart) {
  struct Row {
    KeyPart part;
    TestRequest one;
    TestRequest other;
  };
  const TestRequest base{.user = sticky("a", {.place = "region-us-state-ca-city-la-asn-7922"})};
  const Row rows[] = {
      {KeyPart::kAccount,
       base,
       {.user = "helo_s9z8y7x6w5v-type-res-region-us-state-ca-city-la-asn-7922-session-a-sesstime-30",
        .password = "lab-password-two"}},
      {KeyPart::kType, {.user = sticky("a")}, {.user = sticky("a", {.type = "mob"})}},
      {KeyPart::kRegion, {.user = sticky("a")}, {.user = sticky("a", {.place = "region-de"})}},
      {KeyPart::kState, {.user = sticky("a")}, {.user = sticky("a", {.place = "region-us-state-ca"})}},
      {KeyPart::kCity,
       {.user = sticky("a", {.place = "region-us-state-ca"})},
       {.user = sticky("a", {.place = "region-us-state-ca-city-la"})}},
      {KeyPart::kAsn, {.user = sticky("a")}, {.user = sticky("a", {.place = "region-us-asn-7922"})}},
      {KeyPart::kSession, {.user = sticky("a")}, {.user = sticky("b")}},
      {KeyPart::kMinutes, {.user = sticky("a")}, {.user = sticky("a", {.minutes = 29})}},
      {KeyPart::kMethod, {.user = sticky("a")}, connect_as(sticky("a"))},
      {KeyPart::kConnection, {.user = sticky("a")}, {.user = sticky("a")}},
      {KeyPart::kUserName, {.user = sticky("a")}, {.user = sticky("a", {.minutes = 29})}},
  };
  const KeyPart all[] = {KeyPart::kAccount, KeyPart::kType,      KeyPart::kRegion,  KeyPart::kState,
                         KeyPart::kCity,    KeyPart::kAsn,       KeyPart::kSession, KeyPart::kMinutes,
                         KeyPart::kMethod,  KeyPart::kConnection};
  const auto sessions_with = [](const std::vector<KeyPart>& key, const Row& row) {
    TestGateway gate(changed_rules("helodata", [&](Rules& rules) { rules.session.key = key; }));
    gate.get(row.one);
    gate.get(row.other);
    return gate.model().sessions();
  };
  for (const Row& row : rows) {
    std::vector<KeyPart> without;
    for (const KeyPart part : all) {
      // The connection differs in every row, since each request has its own.
      if (part != row.part && part != KeyPart::kConnection) without.push_back(part);
    }
    if (row.part == KeyPart::kUserName) without = {KeyPart::kAccount, KeyPart::kSession};
    std::vector<KeyPart> with = without;
    with.push_back(row.part);
    EXPECT_EQ(sessions_with(with, row), 2U) << static_cast<int>(row.part);
    EXPECT_EQ(sessions_with(without, row), 1U) << static_cast<int>(row.part);
  }
}

TEST(SessionChoices, SaidInTheHeaderTheUserNameOpensNone) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) {
    rules.session.said_in = SessionSource::kHeader;
    rules.headers.session = "X-Session";
    rules.session.window.length = 5min;
  }));
  gate.get({.user = kJob1});
  EXPECT_EQ(gate.model().sessions(), 0U);
  const Seen created = gate.get({.user = kJob1, .headers = {{"X-Session", "create"}}});
  EXPECT_EQ(gate.get({.user = kJob1, .headers = {{"X-Session", created.header("X-Session")}}}).exit, created.exit);
  EXPECT_EQ(gate.model().sessions(), 1U);
}

TEST(SessionChoices, SaidInTheUserNameTheHeaderOpensNone) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.headers.session = "X-Session"; }));
  EXPECT_EQ(gate.get({.user = "helo_s1a2b3c4d5e-type-res-region-us", .headers = {{"X-Session", "create"}}}).outcome(),
            "200");
  EXPECT_EQ(gate.model().sessions(), 0U);
}

TEST(SessionChoices, PinnedAtTheAnswerTwoFirstRequestsMayGetTwoExits) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.session.pinned_at = PinMoment::kAnswer; }));
  int apart = 0;
  for (int i = 0; i < 40; ++i) {
    const std::string user = sticky("s" + std::to_string(i));
    Sent one = gate.send({.user = user});
    Sent two = gate.send({.user = user});
    apart += one.exit() != two.exit() ? 1 : 0;
    two.answer();
    one.answer();
    EXPECT_EQ(gate.get({.user = user}).exit, two.exit()) << "the first answer pins";
  }
  EXPECT_GT(apart, 15);
  EXPECT_EQ(gate.model().sessions(), 40U);
}

TEST(SessionChoices, PinnedAtTheAnswerTheWindowStartsThere) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.session.pinned_at = PinMoment::kAnswer; }));
  Sent first = gate.send({.user = kJob1});
  gate.wait_until(10s);
  EXPECT_EQ(gate.model().sessions(), 0U);
  first.answer();
  gate.wait_until(30min);
  EXPECT_EQ(gate.model().sessions(), 1U);
  gate.wait_until(30min + 10s);
  EXPECT_EQ(gate.model().sessions(), 0U);
}

// --- the window

TEST(SessionChoices, AnIdleWindowIsExtendedByEachRequest) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.session.window.kind = WindowKind::kIdle; }));
  gate.get({.user = kJob1});
  gate.wait_until(20min);
  gate.get({.user = kJob1});
  gate.wait_until(50min - 1ns);
  EXPECT_EQ(gate.model().sessions(), 1U);
  gate.wait_until(50min);
  EXPECT_EQ(gate.model().sessions(), 0U);
}

TEST(SessionChoices, AnAbsoluteWindowOfIssuedSessionsIsNot) {
  TestGateway gate(changed_rules("crawlera", [](Rules& rules) { rules.session.window.kind = WindowKind::kAbsolute; }));
  const std::string id = gate.get(issued("create")).header("X-Crawlera-Session");
  gate.wait_until(29min);
  EXPECT_EQ(gate.get(issued(id)).outcome(), "200");
  gate.wait_until(30min);
  EXPECT_EQ(gate.get(issued(id)).outcome(), "400 bad_session_id");
}

TEST(SessionChoices, OverTheCapIsClampedOrHonoured) {
  TestGateway clamps(changed_rules("helodata", [](Rules& rules) { rules.session.window.over_cap = OverCap::kClamp; }));
  TestGateway honours(
      changed_rules("helodata", [](Rules& rules) { rules.session.window.over_cap = OverCap::kHonour; }));
  for (TestGateway* gate : {&clamps, &honours}) {
    gate->get({.user = sticky("a", {.minutes = 45})});
    gate->wait_until(30min);
  }
  EXPECT_EQ(clamps.model().sessions(), 0U);
  EXPECT_EQ(honours.model().sessions(), 1U);
}

TEST(SessionChoices, TheCapMayBeForgottenAfterARepin) {
  for (const bool kept : {true, false}) {
    TestGateway gate(changed_rules("helodata", [kept](Rules& rules) {
      rules.session.window.over_cap = OverCap::kClamp;
      rules.session.window.cap_after_repin = kept;
    }));
    const std::string user = sticky("a", {.minutes = 45});
    gate.drop(gate.get({.user = user}).exit);
    gate.get({.user = user});
    gate.wait_until(30min);
    EXPECT_EQ(gate.model().sessions(), kept ? 0U : 1U);
    gate.wait_until(45min);
    EXPECT_EQ(gate.model().sessions(), 0U);
  }
}

TEST(SessionChoices, ARepinMayLeaveTheWindowAlone) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.session.window.restarts_on_repin = false; }));
  gate.drop(gate.get({.user = kJob1}).exit);
  gate.wait_until(20min);
  EXPECT_TRUE(gate.get({.user = kJob1}).repinned());
  gate.wait_until(30min);
  EXPECT_EQ(gate.model().sessions(), 0U);
}

TEST(SessionChoices, ListingMayExtend) {
  TestGateway gate(changed_rules("crawlera", [](Rules& rules) { rules.session.window.listing_extends = true; }));
  const std::string id = gate.get(issued("create")).header("X-Crawlera-Session");
  gate.wait_until(29min);
  gate.api("GET", "/sessions", format_basic(kKeyOne, ""));
  gate.wait_until(59min - 1ns);
  EXPECT_EQ(gate.get(issued(id)).outcome(), "200");
}

// --- the slots of the cap, and lists

TEST(SessionChoices, ADeletionMayLeakItsSlot) {
  for (const bool frees : {true, false}) {
    TestGateway gate(changed_rules("crawlera", [frees](Rules& rules) {
      rules.session.limit_per_account = 1;
      rules.session.deletion_frees_slot = frees;
    }));
    const std::string id = gate.get(issued("create")).header("X-Crawlera-Session");
    gate.api("DELETE", "/sessions/" + id, format_basic(kKeyOne, ""));
    EXPECT_EQ(gate.get(issued("create")).outcome(), frees ? "200" : "400 user_session_limit");
  }
}

TEST(SessionChoices, AnExpiryMayLeakItsSlot) {
  for (const bool frees : {true, false}) {
    TestGateway gate(changed_rules("crawlera", [frees](Rules& rules) {
      rules.session.limit_per_account = 1;
      rules.session.expiry_frees_slot = frees;
    }));
    gate.get(issued("create"));
    gate.wait_until(30min);
    EXPECT_EQ(gate.get(issued("create")).outcome(), frees ? "200" : "400 user_session_limit");
  }
}

TEST(SessionChoices, ALimitHoldsForNamedSessionsToo) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.session.limit_per_account = 2; }));
  EXPECT_EQ(gate.get({.user = sticky("a")}).outcome(), "200");
  EXPECT_EQ(gate.get({.user = sticky("b")}).outcome(), "200");
  EXPECT_EQ(gate.get({.user = sticky("c")}).outcome(), "429 concurrent-limit");
  EXPECT_EQ(gate.get({.user = sticky("a")}).outcome(), "200");
  gate.wait_until(30min);
  EXPECT_EQ(gate.get({.user = sticky("c")}).outcome(), "200");
}

TEST(SessionChoices, APlanWithoutSessionsHasNoNamedOnes) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.plans[0].sessions = false; }));
  EXPECT_EQ(gate.get({.user = kJob1}).outcome(), "403 not-in-plan");
}

TEST(SessionChoices, TheExpiredMayBeListed) {
  TestGateway gate(changed_rules("crawlera", [](Rules& rules) { rules.session.expired_listed = true; }));
  const std::string id = gate.get(issued("create")).header("X-Crawlera-Session");
  const std::string before = gate.api("GET", "/sessions", format_basic(kKeyOne, "")).body;
  gate.wait_until(31min);
  EXPECT_EQ(gate.api("GET", "/sessions", format_basic(kKeyOne, "")).body, before);
  EXPECT_EQ(gate.api("GET", "/sessions", format_basic("labkeytwo00000000000000000000000", "")).body, "{}");
  EXPECT_EQ(gate.get(issued(id)).outcome(), "400 bad_session_id");
}

TEST(SessionChoices, AnotherAccountsSessionMayBeAccepted) {
  for (const bool checked : {true, false}) {
    TestGateway gate(changed_rules("crawlera", [checked](Rules& rules) { rules.session.owner_checked = checked; }));
    const std::string id = gate.get(issued("create")).header("X-Crawlera-Session");
    TestRequest others = issued(id);
    others.user = "labkeytwo00000000000000000000000";
    EXPECT_EQ(gate.get(others).outcome(), checked ? "400 bad_session_id" : "200");
    EXPECT_EQ(gate.api("DELETE", "/sessions/" + id, format_basic(others.user, "")).status, checked ? 400 : 204);
  }
}

}  // namespace
}  // namespace pinproof::sim
