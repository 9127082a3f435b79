// Every other choice that rules have, shown to change what a client sees: rotation, authentication, retries, pacing, CONNECT, the API,
// the names of header fields.
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

// --- rotation

TEST(Choices, RotationIsByConnectionOrByRequest) {
  for (const RotationUnit unit : {RotationUnit::kConnection, RotationUnit::kRequest}) {
    TestGateway gate(changed_rules("helodata", [unit](Rules& rules) { rules.rotation.unit = unit; }));
    const ConnectionId kept = gate.connect();
    std::set<std::uint32_t> exits;
    for (int i = 0; i < 60; ++i) exits.insert(gate.get({.user = kRotating, .on = kept}).exit);
    EXPECT_EQ(exits.size(), unit == RotationUnit::kConnection ? 1U : 4U);
  }
}

TEST(Choices, AnImmediateRepeatMayBeExcluded) {
  for (const bool repeats : {true, false}) {
    TestGateway gate(changed_rules("helodata", [repeats](Rules& rules) { rules.rotation.immediate_repeat = repeats; }));
    int repeated = 0;
    std::uint32_t last = 99;
    for (int i = 0; i < 200; ++i) {
      const std::uint32_t exit = gate.get({.user = kRotating}).exit;
      repeated += exit == last ? 1 : 0;
      last = exit;
    }
    EXPECT_EQ(repeated == 0, !repeats);
    EXPECT_EQ(gate.get({.user = "helo_s1a2b3c4d5e-type-res-region-fr"}).outcome(), "200");
    EXPECT_EQ(gate.get({.user = "helo_s1a2b3c4d5e-type-res-region-fr"}).outcome(), "200") << "a pool of one";
  }
}

// --- authentication

TEST(Choices, CredentialsMayBeReadOnceAConnection) {
  TestGateway gate(
      changed_rules("helodata", [](Rules& rules) { rules.authentication.judged_by = CredentialScope::kConnection; }));
  const ConnectionId kept = gate.connect();
  const std::uint32_t exit = gate.get({.user = kJob1, .on = kept}).exit;
  EXPECT_EQ(gate.get({.user = "helo_s1a2b3c4d5e-type-res-region-de-session-x-sesstime-5", .on = kept}).exit, exit);
  EXPECT_EQ(gate.get({.user = kJob1, .password = "wrong", .on = kept}).outcome(), "200");
  EXPECT_EQ(gate.get({.credentials = false, .on = kept}).outcome(), "200");
  gate.disconnect(kept);
  EXPECT_EQ(gate.get({.credentials = false, .on = gate.connect()}).outcome(), "407 auth-failed")
      << "the place is used again";
  EXPECT_EQ(gate.model().sessions(), 1U);
}

TEST(Choices, PasswordsMayBeIgnored) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.authentication.password_checked = false; }));
  EXPECT_EQ(gate.get({.user = kJob1, .password = "wrong"}).outcome(), "200");
}

TEST(Choices, TheRealmIsTold) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.authentication.realm = "lab"; }));
  EXPECT_EQ(gate.get({.credentials = false}).header("Proxy-Authenticate"), "Basic realm=\"lab\"");
}

// --- retries

TEST(Choices, HowManyRetriesOutsideASession) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.retries.outside_session = 1; }));
  gate.drop(kUs);
  EXPECT_EQ(gate.get({.user = kRotating}).attempts, 2U);
}

TEST(Choices, RetriesAfterForwarding) {
  for (const bool after : {true, false}) {
    TestGateway gate(changed_rules("helodata", [after](Rules& rules) { rules.retries.after_forwarding = after; }));
    Sent sent = gate.send({.user = kRotating});
    sent.reset();
    EXPECT_EQ(sent.attempts(), after ? 2U : 1U);
  }
}

TEST(Choices, RetriesInASessionMayBeOn) {
  TestGateway gate(changed_rules("crawlera", [](Rules& rules) { rules.retries.in_session = 1; }));
  Sent sent = gate.send(issued("create"));
  sent.reset();
  gate.wait(12s);
  EXPECT_EQ(sent.answer().outcome(), "200");
  EXPECT_EQ(sent.attempts(), 2U);
}

TEST(Choices, TheNumberOfRetriesMayCountAttempts) {
  for (const bool attempts : {true, false}) {
    TestGateway gate(
        changed_rules("crawlera", [attempts](Rules& rules) { rules.retries.header_counts_attempts = attempts; }));
    TestRequest request = issued("create");
    request.headers.add("X-Crawlera-Max-Retries", "2");
    Sent sent = gate.send(request);
    while (sent.seen().status == 0) {
      sent.reset();
      gate.wait(12s);
    }
    EXPECT_EQ(sent.attempts(), attempts ? 2U : 3U);
  }
}

TEST(Choices, ARetryInASessionMayGoThroughAnotherExit) {
  for (const RetryExit which : {RetryExit::kSame, RetryExit::kOther}) {
    TestGateway gate(changed_rules("crawlera", [which](Rules& rules) { rules.retries.session_exit = which; }));
    TestRequest request = issued("create");
    request.headers.add("X-Crawlera-Max-Retries", "1");
    Sent sent = gate.send(request);
    const std::uint32_t exit = sent.exit();
    sent.reset();
    gate.wait(12s);
    EXPECT_EQ(sent.exit() == exit, which == RetryExit::kSame);
  }
}

TEST(Choices, RetriesMayGoUnpaced) {
  for (const bool paced : {true, false}) {
    TestGateway gate(changed_rules("crawlera", [paced](Rules& rules) { rules.retries.paced = paced; }));
    TestRequest request = issued("create");
    request.headers.add("X-Crawlera-Max-Retries", "1");
    Sent sent = gate.send(request);
    sent.reset();
    EXPECT_EQ(sent.held(), paced);
  }
}

// --- pacing, where it meets the rest

TEST(Choices, PacingMayBePerSession) {
  for (const PacingScope scope : {PacingScope::kExit, PacingScope::kSession}) {
    TestGateway gate(changed_rules("crawlera", [scope](Rules& rules) { rules.pacing.scope = scope; }), 1,
                     {test_exits()[0]});
    const std::string one = gate.get(issued("create")).header("X-Crawlera-Session");
    gate.wait(1min);
    const std::string two = gate.get(issued("create")).header("X-Crawlera-Session");
    gate.wait(1min);
    gate.get(issued(one));
    EXPECT_EQ(gate.send(issued(two)).held(), scope == PacingScope::kExit);
    EXPECT_TRUE(gate.send(issued(one)).held());
  }
}

TEST(Choices, TheDelayToldMayBeTheNextOneOrInMilliseconds) {
  const auto told = [](AnnouncedDelay which, AnnouncedUnit unit, Duration soft_limit) {
    TestGateway gate(changed_rules("crawlera",
                                   [&](Rules& rules) {
                                     rules.pacing.announced = which;
                                     rules.pacing.announced_unit = unit;
                                     rules.pacing.soft_limit = soft_limit;
                                   }),
                     1, {test_exits()[0]});
    for (int i = 0; i < 10; ++i) gate.send({.user = kKeyOne, .password = ""});
    Sent sent = gate.send({.user = kKeyOne, .password = ""});
    gate.wait(120s);
    return sent.answer().header("X-Crawlera-Next-Request-In");
  };
  EXPECT_EQ(told(AnnouncedDelay::kOwn, AnnouncedUnit::kSeconds, 120s), "120");
  EXPECT_EQ(told(AnnouncedDelay::kNext, AnnouncedUnit::kSeconds, 120s), "132");
  EXPECT_EQ(told(AnnouncedDelay::kOwn, AnnouncedUnit::kMilliseconds, 120s), "120000");
  EXPECT_EQ(told(AnnouncedDelay::kOwn, AnnouncedUnit::kSeconds, 121s), "(none)");
}

TEST(Choices, OverTheCeilingMayBeServedAtTheCeiling) {
  TestGateway gate(
      changed_rules("crawlera", [](Rules& rules) { rules.pacing.over_ceiling = OverCeiling::kStillCeiling; }), 1,
      {test_exits()[0]});
  for (int i = 0; i < 80; ++i) gate.send({.user = kKeyOne, .password = ""});
  Sent last = gate.send({.user = kKeyOne, .password = ""});
  gate.wait(900s);
  EXPECT_FALSE(last.held());
}

// --- forwarding

TEST(Choices, ConnectIsATunnelOrIntercepted) {
  for (const ConnectMode mode : {ConnectMode::kTunnel, ConnectMode::kIntercept}) {
    TestGateway gate(changed_rules("helodata", [mode](Rules& rules) { rules.forwarding.connect = mode; }));
    Sent sent = gate.send({.user = kJob1, .method = "CONNECT", .target = "site.origin.test:443"});
    EXPECT_EQ(sent.seen().intercepted, mode == ConnectMode::kIntercept);
    EXPECT_EQ(sent.attempts(), mode == ConnectMode::kTunnel ? 1U : 0U);
  }
}

TEST(Choices, AConnectThatTheExitRefusesIsItsFailure) {
  TestGateway gate(shipped_rules("helodata"));
  Sent sent = gate.send({.user = kJob1, .method = "CONNECT", .target = "site.origin.test:443"});
  EXPECT_EQ(sent.answer(403).outcome(), "502 exit-failed");
}

TEST(Choices, TheMarkOfAnExitsOwnError) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.forwarding.exit_error_mark.clear(); }));
  EXPECT_EQ(gate.send({.user = kJob1}).answer(502, {{"Proxy-Status", "exit"}}).outcome(), "502");
  EXPECT_FALSE(gate.send({.user = kJob1}).seen().own);
}

TEST(Choices, TheTimeOfAnAttempt) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.forwarding.attempt_timeout = 7s; }));
  Sent sent = gate.send({.user = kJob1});
  gate.wait(7s);
  EXPECT_EQ(sent.seen().outcome(), "504 exit-timeout");
}

// --- the API

TEST(Choices, TheApiHasOneOfTwoStyles) {
  TestGateway gate(changed_rules("crawlera", [](Rules& rules) { rules.api.style = ApiStyle::kSessionList; }));
  const std::string basic = format_basic(kKeyOne, "");
  const std::string id = gate.get(issued("create")).header("X-Crawlera-Session");
  EXPECT_EQ(gate.api("POST", "/sessions", basic).outcome(), "404 not_found");
  EXPECT_NE(gate.api("GET", "/sessions", basic).body.find("\"session_id\":\"" + id + "\""), std::string::npos);
  EXPECT_EQ(gate.api("DELETE", "/sessions/" + id, basic).outcome(), "400 bad_session_id");
  EXPECT_EQ(gate.api("DELETE", "/sessions/ses_1", basic).status, 204);
}

TEST(Choices, TheApiTakesAKeyOrAToken) {
  TestGateway gate(
      changed_rules("helodata", [](Rules& rules) { rules.api.authentication = ApiAuthentication::kBasic; }));
  EXPECT_EQ(gate.api("GET", "/v1/residential/sessions", "Bearer lab-token-one").outcome(), "401 auth-failed");
  EXPECT_EQ(gate.api("GET", "/v1/residential/sessions", format_basic("s1a2b3c4d5e", "lab-password-one")).outcome(),
            "200");
}

TEST(Choices, TheApiMayBeElsewhereOrNowhere) {
  TestGateway gate(changed_rules("crawlera", [](Rules& rules) { rules.api.path = "/s"; }));
  EXPECT_EQ(gate.api("GET", "/s", format_basic(kKeyOne, "")).outcome(), "200");
  TestGateway none(changed_rules("crawlera", [](Rules& rules) { rules.api.path.clear(); }));
  EXPECT_EQ(none.api("GET", "/sessions", format_basic(kKeyOne, "")).outcome(), "404 not_found");
}

TEST(Choices, TheSizeOfAPage) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.api.page_size = 0; }));
  for (int i = 0; i < 150; ++i) gate.get({.user = kRotating + "-session-s" + std::to_string(i) + "-sesstime-5"});
  EXPECT_NE(gate.api("GET", "/v1/residential/sessions", "Bearer lab-token-one").body.find("\"next_cursor\":null"),
            std::string::npos);
}

// --- header fields

TEST(Choices, AHeaderWithoutANameIsNotSent) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.headers = HeaderNames{}; }));
  EXPECT_TRUE(gate.get({.user = kJob1}).headers.empty());
  EXPECT_FALSE(gate.get({.credentials = false}).headers.has(""));
}

TEST(Choices, TheExitsAddressMayHaveItsPort) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) { rules.headers.exit_address_has_port = true; }));
  const Seen seen = gate.get({.user = kJob1});
  EXPECT_EQ(seen.header("X-Helodata-Exit-IP"), "127.20.0." + std::to_string(seen.exit + 1) + ":3128");
}

TEST(Choices, ErrorsAreTheRules) {
  TestGateway gate(changed_rules("helodata", [](Rules& rules) {
    rules.errors.credentials_missing = {418, "teapot", true};
  }));
  const Seen seen = gate.get({.credentials = false});
  EXPECT_EQ(seen.outcome(), "418 teapot");
  EXPECT_TRUE(seen.close);
}

}  // namespace
}  // namespace pinproof::sim
