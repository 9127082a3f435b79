// What the shipped helodata rules make of the gateway: rotation, sticky sessions, keys, authentication, limits. Re-pins are in
// gateway_repin_test.cc.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "sim/gateway/gateway_names_testing.h"
#include "sim/gateway/gateway_testing.h"
#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {
namespace {

class Helodata : public testing::Test {
 protected:
  TestGateway gate{shipped_rules("helodata")};
};

TEST_F(Helodata, TheExitOfALiveSessionCanBeAskedFor) {
  EXPECT_EQ(gate.model().exit_of_session(kJob1, gate.now()), kNoExit);
  const std::uint32_t exit = gate.get({.user = kJob1}).exit;
  EXPECT_EQ(gate.model().exit_of_session(kJob1, gate.now()), ExitId{exit});
  EXPECT_EQ(gate.model().exit_of_session(kJob1, gate.now() + 30min - 1ns), ExitId{exit});
  EXPECT_EQ(gate.model().exit_of_session(kJob1, gate.now() + 30min), kNoExit);
}

// --- rotation

TEST_F(Helodata, RotatingConnectionsAreEachPickedAfreshFromTheMatchingPool) {  // H-ROT-1, H-ROT-5, H-ROT-6
  std::set<std::uint32_t> exits;
  for (int i = 0; i < 100; ++i) {
    const Seen seen = gate.get({.user = kRotating});
    EXPECT_EQ(seen.outcome(), "200");
    EXPECT_FALSE(seen.headers.has("X-Helodata-Session-Repinned"));
    exits.insert(seen.exit);
  }
  EXPECT_EQ(exits, kUs);
}

TEST_F(Helodata, AKeptConnectionKeepsItsExitUntilTheUserNameChanges) {  // H-ROT-2
  const ConnectionId kept = gate.connect();
  const std::uint32_t exit = gate.get({.user = kRotating, .on = kept}).exit;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(gate.get({.user = kRotating, .on = kept}).exit, exit);
  EXPECT_TRUE(kDe.contains(gate.get({.user = "helo_s1a2b3c4d5e-type-res-region-de", .on = kept}).exit));
}

TEST_F(Helodata, TypeAndPlaceAreAskedForInTheUserName) {  // H-ROT-5
  struct Row {
    std::string user;
    std::set<std::uint32_t> exits;
  };
  const Row rows[] = {
      {"helo_s1a2b3c4d5e-type-mob-region-us", kUsMobile}, {kRotating + "-state-ca", {0, 1}},
      {kRotating + "-state-ny-city-nyc", {2, 3}},         {kRotating + "-asn-7018", {2, 3}},
      {"helo_s1a2b3c4d5e-type-res-region-jp", kJp},
  };
  for (const Row& row : rows) {
    std::set<std::uint32_t> exits;
    for (int i = 0; i < 60; ++i) exits.insert(gate.get({.user = row.user}).exit);
    EXPECT_EQ(exits, row.exits) << row.user;
  }
  EXPECT_EQ(gate.get({.user = kRotating + "-state-tx"}).outcome(), "503 no-exit");
  EXPECT_EQ(gate.get({.user = "helo_s1a2b3c4d5e-type-mob-region-de"}).outcome(), "503 no-exit");
}

TEST_F(Helodata, ARefusingExitIsReplacedOutsideSessions) {
  gate.drop({0, 1, 2});
  for (int i = 0; i < 20; ++i) {
    const Seen seen = gate.get({.user = kRotating});
    EXPECT_EQ(seen.outcome(), "200");
    EXPECT_EQ(seen.exit, 3U);
  }
  gate.drop(3);
  const Seen none = gate.get({.user = kRotating});
  EXPECT_EQ(none.outcome(), "502 exit-refused");
  EXPECT_EQ(none.attempts, 4U);
}

TEST_F(Helodata, ATunnelStaysOnItsExit) {  // H-ROT-4
  Sent tunnel = gate.send({.user = kRotating, .method = "CONNECT", .target = "site.origin.test:443"});
  EXPECT_EQ(tunnel.begin_answer().status, 200);
  EXPECT_EQ(tunnel.attempts(), 1U);
  tunnel.finish(100, 2000);
  EXPECT_TRUE(gate.idle());
}

// --- sticky sessions

TEST_F(Helodata, ASessionKeepsItsExitOverConnectionsAndMethods) {  // H-STK-1, H-STK-2
  const std::uint32_t exit = gate.get({.user = kJob1}).exit;
  const ConnectionId kept = gate.connect();
  for (int minute = 1; minute < 30; ++minute) {
    gate.wait(1min);
    EXPECT_EQ(gate.get({.user = kJob1}).exit, exit);
    EXPECT_EQ(gate.get({.user = kJob1, .on = kept}).exit, exit);
    EXPECT_EQ(gate.get({.user = kJob1, .method = "CONNECT", .target = "site.origin.test:443"}).exit, exit);
    EXPECT_EQ(gate.get({.user = kJob1, .method = "POST", .target = "http://other.origin.test/x"}).exit, exit);
  }
  EXPECT_EQ(gate.model().sessions(), 1U);
}

TEST_F(Helodata, TheFirstRequestStartsThirtyMinutesThatLaterOnesDoNotExtend) {  // H-STK-3, H-STK-4, H-STK-5
  gate.wait(7s);
  // Over forty sessions, a fresh pick that always equals the old one is no chance (4^-40).
  int changed = 0;
  for (int i = 0; i < 40; ++i) {
    const std::string user = sticky("s" + std::to_string(i));
    const Duration started = gate.now() - kStart;
    const std::uint32_t exit = gate.get({.user = user}).exit;
    gate.wait(15min);
    EXPECT_EQ(gate.get({.user = user}).exit, exit);
    gate.wait_until(started + 30min - 1ns);
    EXPECT_EQ(gate.get({.user = user}).exit, exit) << "29:59.999999999";
    gate.wait_until(started + 30min);
    const Seen fresh = gate.get({.user = user});
    EXPECT_FALSE(fresh.headers.has("X-Helodata-Session-Repinned"));
    changed += fresh.exit != exit ? 1 : 0;
    gate.wait_until(started + 60min - 1ns);
    EXPECT_EQ(gate.get({.user = user}).exit, fresh.exit) << "a new timer";
  }
  EXPECT_GT(changed, 15);
}

TEST_F(Helodata, AtThirtyMinutesExactlyTheSessionIsGone) {
  gate.get({.user = kJob1});
  gate.wait_until(30min - 1ns);
  EXPECT_EQ(gate.model().sessions(), 1U);
  gate.wait_until(30min);
  EXPECT_EQ(gate.model().sessions(), 0U);
}

TEST_F(Helodata, OneMinuteIsSixtySeconds) {  // H-STK-7
  const std::string user = sticky("a", {.minutes = 1});
  gate.get({.user = user});
  gate.wait_until(60s - 1ns);
  EXPECT_EQ(gate.model().sessions(), 1U);
  gate.wait_until(60s);
  EXPECT_EQ(gate.model().sessions(), 0U);
}

TEST_F(Helodata, ARefusedUserNameOpensNothingAndReachesNothing) {  // H-STK-6, H-STK-8, H-STK-9, H-STK-11
  struct Row {
    std::string user;
    const char* outcome;
  };
  const Row rows[] = {
      {sticky("a", {.minutes = 31}), "400 sesstime-out-of-range"},
      {sticky("a", {.minutes = 0}), "400 sesstime-out-of-range"},
      {sticky("abcdefghijklmnopqrstuvwxyz0123456"), "400 bad-username"},
      {sticky("A"), "400 bad-username"},
      {kRotating + "-session-a", "400 session-incomplete"},
      {kRotating + "-country-us", "400 bad-username"},
      {"helo_s1a2b3c4d5e-type-res-region-xx", "400 unknown-region"},
      {"helo_s1a2b3c4d5e-type-res-state-ca", "400 state-without-region"},
      {kRotating + "-city-la", "400 city-without-state"},
  };
  for (const Row& row : rows) {
    const Seen seen = gate.get({.user = row.user});
    EXPECT_EQ(seen.outcome(), row.outcome) << row.user;
    EXPECT_EQ(seen.attempts, 0U);
  }
  EXPECT_EQ(gate.model().sessions(), 0U);
  EXPECT_TRUE(gate.idle());
}

TEST_F(Helodata, TwoFirstRequestsAtOnceSettleOnOneExit) {  // H-STK-10
  for (int i = 0; i < 30; ++i) {
    Sent one = gate.send({.user = sticky("s" + std::to_string(i))});
    Sent two = gate.send({.user = sticky("s" + std::to_string(i))});
    EXPECT_EQ(one.exit(), two.exit());
    two.answer();
    one.answer();
    EXPECT_EQ(gate.get({.user = sticky("s" + std::to_string(i))}).exit, one.exit());
  }
  EXPECT_EQ(gate.model().sessions(), 30U);
}

// --- keys

TEST_F(Helodata, TheWholeUserNameIsTheKey) {  // H-KEY-1, H-KEY-2, H-KEY-3
  const std::string users[] = {
      sticky("abc"),
      sticky("abc", {.place = "region-de"}),
      sticky("abc", {.account = "s9z8y7x6w5v"}),
      sticky("abc", {.minutes = 29}),
      sticky("abc", {.place = "region-us-state-ca"}),
      sticky("abc", {.place = "region-us-state-ca-city-la"}),
      sticky("abc", {.place = "region-us-asn-7922"}),
      sticky("abc", {.type = "mob"}),
      sticky("abd"),
  };
  for (const std::string& user : users) {
    const bool second = user.find("s9z8y7x6w5v") != std::string::npos;
    EXPECT_EQ(gate.get({.user = user, .password = second ? "lab-password-two" : "lab-password-one"}).outcome(), "200");
  }
  EXPECT_EQ(gate.model().sessions(), std::size(users));
}

TEST_F(Helodata, TheTimerOfOneSessionIsNotThatOfItsNamesake) {  // H-KEY-3
  gate.get({.user = sticky("abc", {.minutes = 10})});
  gate.wait(5min);
  gate.get({.user = sticky("abc")});
  gate.wait_until(10min);
  EXPECT_EQ(gate.model().sessions(), 1U);
  gate.wait_until(35min - 1ns);
  EXPECT_EQ(gate.model().sessions(), 1U);
  gate.wait_until(35min);
  EXPECT_EQ(gate.model().sessions(), 0U);
}

TEST_F(Helodata, FiveThousandSessionsAtOnceEachKeepTheirExit) {  // H-POOL-1
  std::vector<std::uint32_t> exits;
  for (int i = 0; i < 5'000; ++i) exits.push_back(gate.get({.user = sticky("s" + std::to_string(i))}).exit);
  for (int i = 0; i < 5'000; ++i) ASSERT_EQ(gate.get({.user = sticky("s" + std::to_string(i))}).exit, exits[i]);
}

// --- credentials

TEST_F(Helodata, WithoutGoodCredentialsNothingIsForwarded) {  // H-AUT-1
  const Seen missing = gate.get({.credentials = false});
  EXPECT_EQ(missing.outcome(), "407 auth-failed");
  EXPECT_EQ(missing.header("Proxy-Authenticate"), "Basic realm=\"helodata\"");
  const Seen wrong = gate.get({.user = kJob1, .password = "lab-password-two"});
  EXPECT_EQ(wrong.outcome(), "407 auth-failed");
  EXPECT_EQ(wrong.header("Proxy-Authenticate"), "Basic realm=\"helodata\"");
  EXPECT_EQ(gate.get({.user = "helo_nobody-type-res-region-us"}).outcome(), "407 unknown-subuser");
  const Seen junk = gate.get({.headers = {{"Proxy-Authorization", "Basic !"}}, .credentials = false});
  EXPECT_EQ(junk.outcome(), "407 auth-failed");
  EXPECT_EQ(missing.attempts + wrong.attempts + junk.attempts, 0U);
  EXPECT_EQ(gate.model().sessions(), 0U);
}

TEST_F(Helodata, EveryRequestOfAConnectionIsJudgedByItsOwnCredentials) {
  const ConnectionId kept = gate.connect();
  EXPECT_EQ(gate.get({.user = kJob1, .on = kept}).outcome(), "200");
  EXPECT_EQ(gate.get({.user = kJob1, .password = "wrong", .on = kept}).outcome(), "407 auth-failed");
  EXPECT_EQ(gate.get({.credentials = false, .on = kept}).outcome(), "407 auth-failed");
  EXPECT_TRUE(kDe.contains(gate.get({.user = sticky("a", {.place = "region-de", .minutes = 5}), .on = kept}).exit));
}

// --- limits of the plan

TEST_F(Helodata, ATrialHasTwentyFiveConnections) {
  const std::string user = "helo_t0r1i2a3l4x-type-res-region-us";
  std::vector<ConnectionId> connections;
  for (int i = 0; i < 25; ++i) {
    connections.push_back(gate.connect());
    EXPECT_EQ(gate.get({.user = user, .password = "lab-password-trial", .on = connections.back()}).outcome(), "200");
  }
  EXPECT_EQ(gate.get({.user = user, .password = "lab-password-trial"}).outcome(), "429 concurrent-limit");
  EXPECT_EQ(gate.get({.user = user, .password = "lab-password-trial", .on = connections[3]}).outcome(), "200");
  gate.disconnect(connections[0]);
  EXPECT_EQ(gate.get({.user = user, .password = "lab-password-trial"}).outcome(), "200");
  EXPECT_EQ(gate.get({.user = kRotating}).outcome(), "200") << "another account";
}

TEST_F(Helodata, ATrialHasFiftyRequestsASecond) {
  const ConnectionId kept = gate.connect();
  const TestRequest request{
      .user = "helo_t0r1i2a3l4x-type-res-region-us", .password = "lab-password-trial", .on = kept};
  gate.wait(10s);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(gate.get(request).outcome(), "200");
  EXPECT_EQ(gate.get(request).outcome(), "429 rate-limit");
  gate.wait(1s - 1ns);
  EXPECT_EQ(gate.get(request).outcome(), "429 rate-limit");
  gate.wait(1ns);
  EXPECT_EQ(gate.get(request).outcome(), "200");
}

// --- what is said of an answer

TEST_F(Helodata, AnAnswerTellsItsExitAndItsBytes) {  // H-EXT-2, H-NOT-1
  Sent sent = gate.send({.user = kJob1 + "", .method = "POST"});
  const Seen seen = sent.answer(200, {{"content-length", "1234"}});
  EXPECT_EQ(seen.header("X-Helodata-Exit-IP"), "127.20.0." + std::to_string(seen.exit + 1));
  EXPECT_EQ(seen.header("X-Helodata-Exit-Geo"), seen.exit < 2 ? "us/ca/la" : "us/ny/nyc");
  EXPECT_EQ(seen.header("X-Helodata-Exit-ASN"), seen.exit < 2 ? "7922" : "7018");
  EXPECT_EQ(seen.header("X-Helodata-Bytes-In"), "1234");
  EXPECT_EQ(seen.header("X-Helodata-Bytes-Out"), "0");
  EXPECT_EQ(seen.header("X-Helodata-Request-Id"), "req_1");
  EXPECT_EQ(gate.send({.user = kJob1}).answer(200, {{"Content-Length", "12x"}}).header("X-Helodata-Bytes-In"),
            "(none)");
}

TEST_F(Helodata, ATargetThatCannotBeReadOrIsForbiddenIsRefused) {
  EXPECT_EQ(gate.get({.user = kJob1, .target = "*"}).outcome(), "400 bad-request");
  EXPECT_EQ(gate.get({.user = kJob1, .target = "site.origin.test:443"}).outcome(), "400 bad-request");
  EXPECT_EQ(gate.get({.user = kJob1, .method = "CONNECT", .target = "http://site.origin.test/"}).outcome(),
            "400 bad-request");
  for (const char* host :
       {"restricted.origin.test", "a.restricted.origin.test", "RESTRICTED.Origin.Test", "restricted.origin.test."}) {
    EXPECT_EQ(gate.get({.user = kJob1, .target = std::string("http://") + host + "/"}).outcome(),
              "403 restricted-category-target")
        << host;
  }
  EXPECT_EQ(gate.get({.user = kJob1, .method = "CONNECT", .target = "restricted.origin.test:443"}).outcome(),
            "403 restricted-category-target");
  EXPECT_EQ(gate.model().sessions(), 0U);
}

}  // namespace
}  // namespace pinproof::sim
