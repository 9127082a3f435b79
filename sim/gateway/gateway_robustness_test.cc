// What clients and exits can do to a gateway at the worst: leave at any moment, and send what no honest one would. Nothing is left over,
// and nothing that a peer sends is a mistake of the programmer.
#include <gtest/gtest.h>

#include <string>

#include "sim/core/random.h"
#include "sim/gateway/gateway_names_testing.h"
#include "sim/gateway/gateway_testing.h"
#include "sim/gateway/rules_testing.h"
#include "sim/http/basic_credentials.h"

namespace pinproof::sim {
namespace {

TEST(Robustness, AClientMayLeaveAtAnyMoment) {
  TestGateway gate(shipped_rules("crawlera"), 1, {test_exits()[0]});
  const TestRequest request{.user = kKeyOne, .password = "", .headers = {{"X-Crawlera-Max-Retries", "1"}}};
  Sent forwarded = gate.send(request);
  Sent held = gate.send(request);
  EXPECT_TRUE(held.held());
  held.leave();
  EXPECT_EQ(held.cancels(), 0) << "there was no attempt";
  EXPECT_EQ(gate.model().counters().held, 0U);
  forwarded.leave();
  EXPECT_EQ(forwarded.cancels(), 1);
  EXPECT_TRUE(gate.idle());

  gate.wait(10min);
  Sent relayed = gate.send(request);
  relayed.begin_answer();
  EXPECT_TRUE(gate.idle()) << "answered";
  relayed.leave();
  EXPECT_EQ(relayed.cancels(), 1);
  EXPECT_TRUE(gate.idle());

  gate.wait(10min);
  TestGateway named(shipped_rules("helodata"));
  Sent repicked = named.send({.user = kJob1});
  repicked.refuse();
  repicked.leave();
  EXPECT_TRUE(named.idle());
  EXPECT_EQ(gate.model().next_deadline(), kNever);
  EXPECT_EQ(named.model().next_deadline(), kNever);
}

TEST(Robustness, ALeftRequestIsNeverForwardedLater) {
  TestGateway gate(shipped_rules("crawlera"), 1, {test_exits()[0]});
  gate.send({.user = kKeyOne, .password = ""});
  Sent held = gate.send({.user = kKeyOne, .password = ""});
  held.leave();
  gate.wait(1min);
  EXPECT_EQ(held.attempts(), 0U);
}

TEST(Robustness, CountersFollowEveryRequest) {
  TestGateway gate(shipped_rules("crawlera"), 1, {test_exits()[0]});
  gate.send({.user = kKeyOne, .password = ""});
  gate.send({.user = kKeyOne, .password = ""});
  gate.get({.credentials = false});
  gate.api("GET", "/sessions", "");
  EXPECT_EQ(gate.model().counters().received, 4U);
  EXPECT_EQ(gate.model().counters().active, 2U);
  EXPECT_EQ(gate.model().counters().held, 1U);
}

TEST(Robustness, FieldsOfNearly64KiB) {
  for (const char* shipped : {"helodata", "crawlera"}) {
    TestGateway gate(shipped_rules(shipped));
    const std::string longest(65'535, 'a');
    for (const char* name : {"Proxy-Authorization", "X-Crawlera-Session", "X-Crawlera-Max-Retries",
                             "X-Crawlera-Timeout", "X-Crawlera-Region", "Connection", "Host"}) {
      gate.get({.user = kJob1, .headers = {{name, longest}}});
      gate.get({.user = kKeyOne, .password = "", .headers = {{name, longest}}});
    }
    gate.get({.user = std::string(49'000, 'a')});
    gate.get({.user = kJob1 + std::string(49'000, '-')});
    gate.get({.user = "helo_s1a2b3c4d5e-type-res-region-us-session-a-sesstime-" + std::string(48'000, '1')});
    gate.get({.user = kJob1, .target = "http://" + longest + "/"});
    gate.get({.user = kJob1, .target = "http://a.test/" + longest});
    gate.get({.user = kJob1, .method = "CONNECT", .target = longest + ":443"});
    gate.get({.user = kJob1, .method = longest});
    gate.get({.user = kJob1, .target = ""});
    gate.get({.user = kJob1, .method = "", .target = "/"});
    gate.api("DELETE", "/sessions/" + longest, format_basic(kKeyOne, ""));
    gate.api("GET", "/v1/residential/sessions?cursor=" + longest, "Bearer lab-token-one");
    gate.api("GET", "/v1/residential/sessions?" + std::string(60'000, '&'), "Bearer lab-token-one");
    EXPECT_TRUE(gate.idle());
  }
}

TEST(Robustness, AKeyLongerThanATableTakesIsRefused) {
  Rules rules = shipped_rules("helodata");
  rules.user_name.segments[5].length_max = 1'000'000;
  rules.session.key = {KeyPart::kUserName, KeyPart::kSession, KeyPart::kUserName};
  TestGateway gate(rules);
  const Seen seen =
      gate.get({.user = "helo_s1a2b3c4d5e-type-res-region-us-session-" + std::string(40'000, 'a') + "-sesstime-5"});
  EXPECT_EQ(seen.outcome(), "400 bad-username");
}

TEST(Robustness, SeventyThousandUserNamesAndPlaces) {
  TestGateway gate(shipped_rules("helodata"));
  const ConnectionId kept = gate.connect();
  for (int i = 0; i < 70'000; ++i) {
    const std::string number = std::to_string(i);
    const std::string minutes = std::to_string(1 + i % 10'080);
    const std::string mobile = "helo_s1a2b3c4d5e-type-mob-region-us-session-s" + number + "-sesstime-" + minutes;
    Sent sticky = gate.send({.user = mobile, .on = kept});
    ASSERT_TRUE(kUsMobile.contains(sticky.exit()));
    sticky.answer();
    ASSERT_EQ(gate.send({.user = "helo_s1a2b3c4d5e-type-res-region-us-state-ca-city-c" + number, .on = kept})
                  .seen()
                  .outcome(),
              "503 no-exit");
  }
  EXPECT_EQ(gate.model().sessions(), 70'000U);
  gate.wait(10'080min);
  EXPECT_EQ(gate.model().sessions(), 0U);
}

TEST(Robustness, RandomCallsLeaveNothingOver) {
  for (const char* shipped : {"helodata", "crawlera"}) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      Random random(seed);
      TestGateway gate(shipped_rules(shipped), seed);
      std::vector<Sent> open;
      std::vector<Sent> relaying;
      for (int i = 0; i < 2'000; ++i) {
        gate.wait(Duration(random.below(20'000'000'000)));
        std::erase_if(open, [](const Sent& sent) { return sent.seen().status != 0; });
        if (open.empty() || random.chance(1, 3)) {
          TestRequest request{.user = shipped == std::string("helodata") ? kJob1 : kKeyOne};
          if (shipped == std::string("crawlera")) {
            request.password = "";
            request.headers = {{"X-Crawlera-Max-Retries", "2"}};
            if (random.chance(1, 2)) request.headers.add("X-Crawlera-Session", "create");
          }
          if (const Sent sent = gate.send(request); sent.seen().status == 0) open.push_back(sent);
          continue;
        }
        Sent sent = open[random.below(open.size())];
        if (random.chance(1, 10)) {
          sent.leave();
          std::erase_if(open, [&](const Sent& each) { return each.id() == sent.id(); });
        } else if (!sent.held()) {
          switch (random.below(5)) {
            case 0:
              sent.refuse();
              break;
            case 1:
              sent.reset();
              break;
            case 2:
              sent.answer(502, {{"Proxy-Status", "exit"}});
              break;
            case 3:
              sent.answer();
              break;
            default:
              sent.begin_answer();
              relaying.push_back(sent);
          }
        }
      }
      for (Sent& sent : relaying) random.chance(1, 2) ? sent.finish(1, 1) : sent.leave();
      gate.wait(1h);
      std::erase_if(open, [](const Sent& sent) { return sent.seen().status != 0; });
      EXPECT_TRUE(open.empty()) << open.size() << " requests without an end";
      EXPECT_TRUE(gate.idle());
      EXPECT_EQ(gate.model().sessions(), 0U);
      EXPECT_EQ(gate.model().next_deadline(), kNever);
    }
  }
}

TEST(Robustness, TheSameCallsGiveTheSameExits) {  // G-2
  const auto played = [](std::uint64_t seed) {
    TestGateway gate(shipped_rules("helodata"), seed);
    std::string exits;
    for (int i = 0; i < 200; ++i) {
      const std::string user = "helo_s1a2b3c4d5e-type-res-region-us-session-s" + std::to_string(i % 50) + "-sesstime-5";
      exits += std::to_string(gate.get({.user = user}).exit) + ' ';
      if (i % 7 == 0) gate.drop(static_cast<std::uint32_t>(i % 3));
      if (i % 11 == 0) gate.restore(static_cast<std::uint32_t>(i % 3));
      gate.wait(10s);
    }
    return exits;
  };
  EXPECT_EQ(played(1), played(1));
  EXPECT_NE(played(1), played(2));
}

}  // namespace
}  // namespace pinproof::sim
