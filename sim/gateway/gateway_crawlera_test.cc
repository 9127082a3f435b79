// What the shipped crawlera rules make of the gateway: issued sessions and retries. Delays are in gateway_pacing_test.cc.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "sim/gateway/gateway_names_testing.h"
#include "sim/gateway/gateway_testing.h"
#include "sim/gateway/rules_testing.h"
#include "sim/http/basic_credentials.h"

namespace pinproof::sim {
namespace {

const std::string kStarter = "labkeystarter0000000000000000000";

class Crawlera : public testing::Test {
 protected:
  TestGateway gate{shipped_rules("crawlera")};

  static TestRequest without() { return {.user = kKeyOne, .password = ""}; }

  Seen create() { return gate.get(issued("create")); }
  Seen api(std::string_view method, const std::string& target, const std::string& key = kKeyOne) {
    return gate.api(method, target, format_basic(key, ""));
  }
  // Far enough from the last request that nothing is held.
  void pause() { gate.wait(1min); }
};

TEST_F(Crawlera, ASessionIsCreatedByHeaderAndKeepsItsExit) {  // C-SES-1, C-SES-2, C-SES-12
  const Seen created = create();
  EXPECT_EQ(created.outcome(), "200");
  const std::string id = created.header("X-Crawlera-Session");
  EXPECT_EQ(id.size(), 10U);
  EXPECT_NE(create().header("X-Crawlera-Session"), id);
  for (const char* host : {"a.origin.test", "b.origin.test", "c.example"}) {
    pause();
    TestRequest request = issued(id);
    request.target = "http://" + std::string(host) + "/";
    const Seen seen = gate.get(request);
    EXPECT_EQ(seen.exit, created.exit);
    EXPECT_EQ(seen.header("X-Crawlera-Session"), id);
    EXPECT_EQ(seen.header("X-Crawlera-Slave"), "127.20.0." + std::to_string(seen.exit + 1) + ":3128");
    EXPECT_EQ(seen.header("X-Crawlera-Version"), "pinproof");  // C-EXT-1
  }
}

TEST_F(Crawlera, ASessionIsCreatedByPost) {  // C-SES-3, C-SES-5
  const Seen posted = api("POST", "/sessions");
  EXPECT_EQ(posted.outcome(), "200");
  EXPECT_EQ(posted.body.size(), 10U);
  EXPECT_EQ(posted.header("Content-Length"), "10");
  const Seen used = gate.get(issued(posted.body));
  EXPECT_EQ(used.outcome(), "200");
  EXPECT_EQ(api("GET", "/sessions").body,
            "{\"" + posted.body + "\":\"127.20.0." + std::to_string(used.exit + 1) + "\"}");
}

TEST_F(Crawlera, AnIncorrectIdIsBadSessionId) {  // C-SES-4
  const std::string others = gate.get(issued("create", kKeyTwo)).header("X-Crawlera-Session");
  const std::string deleted = create().header("X-Crawlera-Session");
  api("DELETE", "/sessions/" + deleted);
  for (const std::string& id : {others, deleted, std::string("12345"), std::string(), std::string("CREATE"),
                                std::string("create "), std::string(60'000, '9')}) {
    const Seen seen = gate.get(issued(id));
    EXPECT_EQ(seen.outcome(), "400 bad_session_id") << id.substr(0, 20);
    EXPECT_EQ(seen.attempts, 0U);
    EXPECT_EQ(seen.header("X-Crawlera-Version"), "pinproof");
  }
}

TEST_F(Crawlera, ADeletedSessionIsGoneAndOthersAreNot) {  // C-SES-6
  const std::string id = create().header("X-Crawlera-Session");
  const std::string stays = create().header("X-Crawlera-Session");
  const Seen deleted = api("DELETE", "/sessions/" + id);
  EXPECT_EQ(deleted.status, 204);
  EXPECT_FALSE(deleted.headers.has("Content-Length"));
  EXPECT_EQ(api("GET", "/sessions").body.find(id), std::string::npos);
  EXPECT_NE(api("GET", "/sessions").body.find(stays), std::string::npos);
  EXPECT_EQ(api("DELETE", "/sessions/" + id).outcome(), "400 bad_session_id");
  EXPECT_EQ(api("DELETE", "/sessions/" + stays, kKeyTwo).outcome(), "400 bad_session_id") << "another account's";
  EXPECT_EQ(gate.get(issued(stays)).outcome(), "200");
}

TEST_F(Crawlera, AnIdInAPathMayBeEscaped) {  // RFC 3986, 2.1
  const std::string id = create().header("X-Crawlera-Session");
  EXPECT_EQ(api("DELETE", "/sessions/" + id + "%20" + id).outcome(), "400 bad_session_id");
  EXPECT_EQ(api("DELETE", "/sessions/%3" + id).status, 204) << "the first of its digits, escaped";
  EXPECT_EQ(gate.get(issued(id)).outcome(), "400 bad_session_id");
}

TEST_F(Crawlera, DeletionInFlightLetsTheRequestEnd) {
  const std::string id = create().header("X-Crawlera-Session");
  pause();
  Sent sent = gate.send(issued(id));
  EXPECT_EQ(api("DELETE", "/sessions/" + id).status, 204);
  EXPECT_EQ(sent.answer().outcome(), "200");
  EXPECT_EQ(gate.get(issued(id)).outcome(), "400 bad_session_id");
  EXPECT_TRUE(gate.idle());
}

TEST_F(Crawlera, ASessionExpiresThirtyMinutesAfterItsLastRequest) {  // C-SES-7
  const std::string id = create().header("X-Crawlera-Session");
  for (int i = 1; i <= 5; ++i) {
    gate.wait_until(i * 29min);
    EXPECT_EQ(gate.get(issued(id)).outcome(), "200") << "used every 29 minutes";
  }
  gate.wait_until(145min + 30min - 1ns);
  EXPECT_EQ(gate.get(issued(id)).outcome(), "200") << "29:59.999999999";
  gate.wait(30min);
  EXPECT_EQ(gate.get(issued(id)).outcome(), "400 bad_session_id") << "exactly 30:00";
  EXPECT_EQ(api("GET", "/sessions").body, "{}");
}

TEST_F(Crawlera, ListingIsNotARequest) {  // C-SES-8
  const std::string id = create().header("X-Crawlera-Session");
  gate.wait(29min);
  EXPECT_NE(api("GET", "/sessions").body, "{}");
  gate.wait_until(30min);
  EXPECT_EQ(api("GET", "/sessions").body, "{}");
  EXPECT_EQ(gate.get(issued(id)).outcome(), "400 bad_session_id");
}

TEST_F(Crawlera, FiveThousandSessionsAndOneMoreAfterADeletionOrAnExpiry) {  // C-SES-9, C-SES-10
  std::vector<std::string> ids;
  for (int i = 0; i < 4'999; ++i) ids.push_back(api("POST", "/sessions").body);
  gate.wait(10min);
  ids.push_back(api("POST", "/sessions").body);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 5'000U);
  EXPECT_EQ(api("POST", "/sessions").outcome(), "400 user_session_limit");
  const Seen by_header = create();
  EXPECT_EQ(by_header.outcome(), "400 user_session_limit");
  EXPECT_EQ(by_header.attempts, 0U);
  EXPECT_EQ(gate.model().sessions(), 5'000U);
  EXPECT_EQ(api("POST", "/sessions", kKeyTwo).outcome(), "200") << "the cap is per account";
  api("DELETE", "/sessions/" + ids.front());
  EXPECT_EQ(api("POST", "/sessions").outcome(), "200");
  EXPECT_EQ(api("POST", "/sessions").outcome(), "400 user_session_limit");
  gate.wait_until(30min - 1ns);
  EXPECT_EQ(api("POST", "/sessions").outcome(), "400 user_session_limit");
  gate.wait_until(30min);
  EXPECT_EQ(create().outcome(), "200") << "4,998 have expired";
}

TEST_F(Crawlera, SessionsAreForSomePlansOnly) {  // C-SES-11
  EXPECT_EQ(gate.get(issued("create", kStarter)).outcome(), "403 sessions_not_in_plan");
  EXPECT_EQ(api("POST", "/sessions", kStarter).outcome(), "403 sessions_not_in_plan");
  EXPECT_EQ(gate.get(issued("create", kKeyTwo)).outcome(), "200");
  EXPECT_EQ(gate.get({.user = kStarter, .password = ""}).outcome(), "200");
}

TEST_F(Crawlera, ALostExitEndsTheSession) {  // C-SES-13
  const Seen created = create();
  const std::string id = created.header("X-Crawlera-Session");
  gate.drop(created.exit);
  pause();
  const Seen failed = gate.get(issued(id));
  EXPECT_EQ(failed.outcome(), "502 econnrefused");
  EXPECT_EQ(failed.header("X-Crawlera-Session"), id) << "clients read it from errors (C-EXT-1)";
  EXPECT_EQ(failed.attempts, 1U);  // C-RET-1
  gate.restore(created.exit);
  pause();
  EXPECT_EQ(gate.get(issued(id)).outcome(), "400 bad_session_id");
}

TEST_F(Crawlera, AResetInFlightEndsTheSessionToo) {
  const std::string id = create().header("X-Crawlera-Session");
  pause();
  EXPECT_EQ(gate.send(issued(id)).reset().seen().outcome(), "502 econnreset");
  EXPECT_EQ(gate.get(issued(id)).outcome(), "400 bad_session_id");
}

TEST_F(Crawlera, KeysAreJudgedOnBothPaths) {  // C-SES-14
  const Seen missing = gate.get({.credentials = false});
  EXPECT_EQ(missing.outcome(), "407 bad_proxy_auth");
  EXPECT_EQ(missing.header("Proxy-Authenticate"), "Basic realm=\"Crawlera\"");
  EXPECT_TRUE(missing.close);
  EXPECT_EQ(gate.get({.user = "nobody", .password = ""}).outcome(), "407 bad_proxy_auth");
  EXPECT_EQ(gate.get({.user = kKeyOne, .password = "x"}).outcome(), "407 bad_proxy_auth");
  for (const std::string& field :
       {std::string(), format_basic("nobody", ""), std::string("Bearer ") + kKeyOne, std::string("Basic !")}) {
    const Seen seen = gate.api("GET", "/sessions", field);
    EXPECT_EQ(seen.outcome(), "401 bad_auth") << field;
    EXPECT_EQ(seen.header("WWW-Authenticate"), "Basic realm=\"Crawlera\"");
  }
  EXPECT_EQ(api("PUT", "/sessions").outcome(), "404 not_found");
  EXPECT_EQ(api("GET", "/sessions/1").outcome(), "404 not_found");
  EXPECT_EQ(api("GET", "/session").outcome(), "404 not_found");
  EXPECT_EQ(api("GET", "/").outcome(), "404 not_found");
}

// --- retries

TEST_F(Crawlera, InASessionRetriesAreOffUntilAskedFor) {  // C-RET-1, C-RET-2
  const Seen created = create();
  TestRequest request = issued(created.header("X-Crawlera-Session"));
  pause();
  Sent once = gate.send(request);
  once.answer(502, {{"Proxy-Status", "exit"}});
  EXPECT_EQ(once.seen().outcome(), "502 send_failed");
  EXPECT_EQ(once.attempts(), 1U);
  for (const std::uint32_t retries : {0U, 1U, 5U}) {
    gate.wait(10min);
    request.headers = {{"X-Crawlera-Session", created.header("X-Crawlera-Session")},
                       {"X-Crawlera-Max-Retries", std::to_string(retries)}};
    Sent sent = gate.send(request);
    while (sent.seen().status == 0) {
      EXPECT_EQ(sent.exit(), created.exit) << "all through the session's exit";
      sent.answer(502, {{"Proxy-Status", "exit"}});
      if (sent.held()) gate.wait(12s);  // C-RET-5
    }
    EXPECT_EQ(sent.seen().outcome(), "502 send_failed");
    EXPECT_EQ(sent.attempts(), 1 + retries);
  }
}

TEST_F(Crawlera, ARetryThatGoesThroughKeepsTheSession) {  // C-RET-2
  const Seen created = create();
  TestRequest request = issued(created.header("X-Crawlera-Session"));
  request.headers.add("X-Crawlera-Max-Retries", "2");
  pause();
  Sent sent = gate.send(request);
  sent.reset();
  EXPECT_TRUE(sent.held());
  gate.wait(12s);
  sent.refuse();
  gate.wait(12s);
  EXPECT_EQ(sent.answer().outcome(), "200");
  EXPECT_EQ(sent.attempts(), 3U);
  pause();
  EXPECT_EQ(gate.get(request).exit, created.exit);
}

TEST_F(Crawlera, OutsideASessionEveryRetryIsThroughAnotherExit) {  // C-RET-3
  Sent sent = gate.send(without());
  std::set<std::uint32_t> exits;
  while (sent.seen().status == 0) {
    exits.insert(sent.exit());
    sent.answer(502, {{"Proxy-Status", "exit"}});
  }
  EXPECT_EQ(sent.seen().outcome(), "502 send_failed");
  EXPECT_EQ(sent.attempts(), 6U) << "five retries";
  EXPECT_EQ(exits.size(), 6U);
}

TEST_F(Crawlera, AnOriginsOwnErrorIsNoFailure) {
  Sent sent = gate.send(without());
  EXPECT_EQ(sent.answer(503, {{"Server", "origin"}}).outcome(), "503");
  EXPECT_EQ(sent.attempts(), 1U);
}

TEST_F(Crawlera, AMalformedControlHeaderIsRefused) {  // C-RET-4
  for (const char* value : {"", "x", "-1", "6", "1.5"}) {
    TestRequest request = issued("create");
    request.headers.add("X-Crawlera-Max-Retries", value);
    const Seen seen = gate.get(request);
    EXPECT_EQ(seen.outcome(), "540 bad_header") << value;
    EXPECT_EQ(seen.attempts, 0U);
  }
  TestRequest region = issued("create");
  region.headers.add("X-Crawlera-Region", "us");
  EXPECT_EQ(gate.get(region).outcome(), "540 bad_header") << "a region is not for sessions";
  EXPECT_EQ(gate.model().sessions(), 0U);
}

TEST_F(Crawlera, ARegionIsAskedForByHeader) {
  TestRequest request = without();
  request.headers = {{"X-Crawlera-Region", "fr"}};
  EXPECT_EQ(gate.get(request).exit, 11U);
  request.headers = {{"X-Crawlera-Region", "zz"}};
  EXPECT_EQ(gate.get(request).outcome(), "503 noslaves");
}

TEST_F(Crawlera, TheTimeOfAnAttemptIsAskedForByHeader) {
  TestRequest request = issued("create");
  request.headers.add("X-Crawlera-Timeout", "180000");
  Sent sent = gate.send(request);
  gate.wait(180s - 1ns);
  EXPECT_EQ(sent.seen().status, 0);
  gate.wait(1ns);
  EXPECT_EQ(sent.seen().outcome(), "504 timeout");
}

// --- intercepted CONNECT

TEST_F(Crawlera, ConnectIsAnsweredByTheGatewayAndItsCredentialsHoldInside) {
  const ConnectionId connection = gate.connect();
  const Seen connect = gate.get(
      {.user = kKeyOne, .password = "", .method = "CONNECT", .target = "site.origin.test:443", .on = connection});
  EXPECT_TRUE(connect.intercepted);
  EXPECT_EQ(connect.attempts, 0U);
  EXPECT_EQ(connect.header("X-Crawlera-Version"), "pinproof");
  EXPECT_TRUE(gate.idle());
  const TestRequest inner{.target = "https://site.origin.test/",
                          .headers = {{"X-Crawlera-Session", "create"}},
                          .credentials = false,
                          .on = connection,
                          .inside_tunnel = true};
  const Seen inside = gate.get(inner);
  EXPECT_EQ(inside.outcome(), "200");
  EXPECT_EQ(inside.header("X-Crawlera-Session").size(), 10U);
  TestRequest outside = inner;
  outside.inside_tunnel = false;
  EXPECT_EQ(gate.get(outside).outcome(), "407 bad_proxy_auth");
  TestRequest elsewhere = inner;
  elsewhere.on = gate.connect();
  EXPECT_EQ(gate.get(elsewhere).outcome(), "407 bad_proxy_auth");
  EXPECT_EQ(gate.get({.method = "CONNECT", .target = "site.origin.test:443", .credentials = false}).outcome(),
            "407 bad_proxy_auth");
}

}  // namespace
}  // namespace pinproof::sim
