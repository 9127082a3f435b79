#include "sim/gateway/forwarding.h"

#include <gtest/gtest.h>

#include <string>

#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {
namespace {

Headers forwarded(const Headers& headers) {
  return forwarded_request(shipped_rules("helodata").forwarding, {"GET", "http://a.test/", headers}).headers;
}

Headers relayed(const Headers& headers, const Headers& added = {}, bool connect = false) {
  return relayed_response(shipped_rules("helodata").forwarding, {200, headers}, added, connect).headers;
}

TEST(Forwarding, MethodTargetAndFieldsGoThroughUnchanged) {
  const RequestHead head{"PATCH",
                         "http://Site.Test:8080/a%20b/../c?q=1&q=2&%7B",
                         {{"Host", "Site.Test:8080"},
                          {"coOKie", "a=1; b=2"},
                          {"X-Twice", "1"},
                          {"X-Twice", "2"},
                          {"Authorization", "Bearer of-the-origin"},
                          {"Content-Length", "3"},
                          {"X-Empty", ""}}};
  EXPECT_EQ(forwarded_request(shipped_rules("helodata").forwarding, head), head);
}

TEST(Forwarding, HopByHopFieldsEndHere) {
  EXPECT_EQ(forwarded({{"Connection", "keep-alive"},
                       {"PROXY-CONNECTION", "keep-alive"},
                       {"Keep-Alive", "timeout=5"},
                       {"te", "trailers"},
                       {"Trailer", "Expires"},
                       {"Transfer-Encoding", "chunked"},
                       {"Upgrade", "websocket"},
                       {"Accept", "*/*"}}),
            (Headers{{"Accept", "*/*"}}));
  EXPECT_EQ(
      relayed({{"connection", "close"}, {"Keep-Alive", "timeout=5"}, {"Transfer-Encoding", "chunked"}, {"ETag", "x"}}),
      (Headers{{"ETag", "x"}}));
}

TEST(Forwarding, FieldsThatConnectionNamesEndHere) {
  EXPECT_EQ(forwarded({{"X-Hop", "1"},
                       {"Connection", "close, x-hop ,\t X-Other-Hop"},
                       {"Connection", "X-Third"},
                       {"x-other-hop", "2"},
                       {"X-Third", "3"},
                       {"X-Stays", "4"}}),
            (Headers{{"X-Stays", "4"}}));
}

TEST(Forwarding, ConnectionCannotTakeHostAndLengthAway) {
  EXPECT_EQ(forwarded({{"Host", "a.test"}, {"Content-Length", "3"}, {"Connection", "host, content-length"}}),
            (Headers{{"Host", "a.test"}, {"Content-Length", "3"}}));
}

TEST(Forwarding, CredentialsAndControlFieldsNeverReachTheOrigin) {
  EXPECT_EQ(forwarded({{"proxy-authorization", "Basic eDp5"},
                       {"Proxy-Authenticate", "Basic"},
                       {"X-Helodata-Tag", "a"},
                       {"x-helodata-anything", "b"},
                       {"X-Helodat", "not of the gateway's name space"}}),
            (Headers{{"X-Helodat", "not of the gateway's name space"}}));
  const ForwardingRules crawlera = shipped_rules("crawlera").forwarding;
  EXPECT_EQ(
      forwarded_request(crawlera, {"GET", "http://a.test/", {{"X-Crawlera-Session", "1"}, {"X-Helodata-Tag", "a"}}})
          .headers,
      (Headers{{"X-Helodata-Tag", "a"}}));
}

TEST(Forwarding, OnlyTheGatewaySpeaksInItsNameSpace) {
  EXPECT_EQ(relayed({{"X-Helodata-Session-Repinned", "true"}, {"x-helodata-exit-ip", "6.6.6.6"}, {"Server", "nginx"}},
                    {{"X-Helodata-Exit-IP", "127.20.0.1"}}),
            (Headers{{"Server", "nginx"}, {"X-Helodata-Exit-IP", "127.20.0.1"}}));
}

TEST(Forwarding, WhatAnExitSaysToConnectIsNotPassedOn) {
  EXPECT_EQ(relayed({{"Server", "squid"}, {"Content-Length", "5"}}, {{"X-Helodata-Exit-IP", "127.20.0.1"}}, true),
            (Headers{{"X-Helodata-Exit-IP", "127.20.0.1"}}));
}

TEST(Forwarding, WhatIsStrippedIsTheRules) {
  ForwardingRules rules;
  const RequestHead head{
      "GET", "http://a.test/", {{"Proxy-Authorization", "Basic eDp5"}, {"X-Helodata-Tag", "a"}, {"Via", "x"}}};
  EXPECT_EQ(forwarded_request(rules, head).headers, head.headers) << "the fault of passing credentials on";
  rules.stripped = {"via"};
  rules.stripped_prefixes = {"x-helo", "PROXY-"};
  EXPECT_TRUE(forwarded_request(rules, head).headers.empty());
}

TEST(Forwarding, ThousandsOfFieldsAndNamesCostLittle) {
  Headers headers;
  std::string names;
  for (int i = 0; i < 10'000; ++i) headers.add("x" + std::to_string(i), "");
  for (int i = 0; i < 10'000; ++i) names += "y" + std::to_string(i) + ",";
  headers.add("Connection", names + "x77");
  EXPECT_FALSE(forwarded(headers).has("x77"));
  EXPECT_TRUE(forwarded(headers).has("x78"));
}

}  // namespace
}  // namespace pinproof::sim
