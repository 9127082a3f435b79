// The sessions API of the list kind: what it shows, filters, pages and ends, by the shipped helodata rules (H-EXT-3).
#include "sim/gateway/session_api_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "sim/gateway/gateway_testing.h"
#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kRoot = "/v1/residential/sessions";

std::string sticky(const std::string& id, const std::string& region = "us") {
  return "helo_s1a2b3c4d5e-type-res-region-" + region + "-session-" + id + "-sesstime-30";
}

class SessionApi : public testing::Test {
 protected:
  TestGateway gate{shipped_rules("helodata")};

  Seen call(std::string_view method, const std::string& rest = "", std::string_view token = "lab-token-one") {
    return gate.api(method, std::string(kRoot) + rest, "Bearer " + std::string(token));
  }
  Json list(const std::string& query = "") { return Json::parse(call("GET", query).body); }
};

TEST_F(SessionApi, ShowsALiveSession) {
  gate.wait_until(90s);
  Sent sent = gate.send({.user = sticky("job1", "fr")});
  sent.begin_answer();
  sent.finish(100, 900);
  gate.get({.user = sticky("job1", "fr")});
  const Json expected = Json::parse(R"({"data": [{
      "id": "ses_1", "subuser": "s1a2b3c4d5e", "session_id": "job1", "region": "fr", "state": "idf", "city": "paris", "asn": 3215,
      "exit_ip": "127.20.0.12", "started_at": "1970-01-01T00:01:30.000Z", "expires_at": "1970-01-01T00:31:30.000Z",
      "bytes_used": 1000, "requests": 2, "repinned": false}], "next_cursor": null})");
  EXPECT_EQ(list(), expected);
  EXPECT_EQ(Json::parse(call("GET", "/ses_1").body), expected["data"][0]);
}

TEST_F(SessionApi, ARepinMovesTheTimesAndIsTold) {
  gate.drop(gate.get({.user = sticky("job1")}).exit);
  gate.wait_until(10min);
  const std::uint32_t exit = gate.get({.user = sticky("job1")}).exit;
  const Json session = list()["data"][0];
  EXPECT_EQ(session["repinned"], true);
  EXPECT_EQ(session["exit_ip"], "127.20.0." + std::to_string(exit + 1));
  EXPECT_EQ(session["started_at"], "1970-01-01T00:10:00.000Z");
  EXPECT_EQ(session["expires_at"], "1970-01-01T00:40:00.000Z");
}

TEST_F(SessionApi, ShowsOnlyTheAccountsOwnAndOnlyTheLiving) {
  gate.get({.user = sticky("a")});
  gate.get({.user = "helo_s9z8y7x6w5v-type-res-region-us-session-b-sesstime-30", .password = "lab-password-two"});
  EXPECT_EQ(list()["data"].size(), 1U);
  EXPECT_EQ(list()["data"][0]["session_id"], "a");
  EXPECT_EQ(call("GET", "/ses_2").outcome(), "404 not-found");
  EXPECT_EQ(call("DELETE", "/ses_2").outcome(), "404 not-found");
  EXPECT_EQ(call("GET", "/ses_2", "lab-token-two").outcome(), "200");
  gate.wait_until(30min);
  EXPECT_TRUE(list()["data"].empty());
  EXPECT_EQ(call("GET", "/ses_1").outcome(), "404 not-found");
}

TEST_F(SessionApi, Filters) {
  gate.get({.user = sticky("a", "us")});
  gate.get({.user = sticky("a", "de")});
  gate.drop(gate.get({.user = sticky("b", "jp")}).exit);
  gate.get({.user = sticky("b", "jp")});
  struct Row {
    const char* query;
    std::vector<std::string> ids;
  };
  const Row rows[] = {
      {"", {"ses_1", "ses_2", "ses_3"}},
      {"?session_id=a", {"ses_1", "ses_2"}},
      {"?session_id=a&region=de", {"ses_2"}},
      {"?region=jp", {"ses_3"}},
      {"?asn=3320", {"ses_2"}},
      {"?repinned=true", {"ses_3"}},
      {"?repinned=false", {"ses_1", "ses_2"}},
      {"?subuser=s1a2b3c4d5e", {"ses_1", "ses_2", "ses_3"}},
      {"?subuser=s9z8y7x6w5v", {}},
      {"?region=", {}},
  };
  for (const Row& row : rows) {
    std::vector<std::string> ids;
    const Json answer = list(row.query);
    for (const Json& session : answer["data"]) ids.push_back(session["id"]);
    EXPECT_EQ(ids, row.ids) << row.query;
  }
}

TEST_F(SessionApi, PagesOfAHundredWithACursor) {
  for (int i = 0; i < 250; ++i) gate.get({.user = sticky("s" + std::to_string(i))});
  const Json first = list();
  EXPECT_EQ(first["data"].size(), 100U);
  EXPECT_EQ(first["next_cursor"], "ses_100");
  const Json second = list("?cursor=ses_100");
  EXPECT_EQ(second["data"][0]["id"], "ses_101");
  EXPECT_EQ(second["next_cursor"], "ses_200");
  const Json third = list("?cursor=ses_200");
  EXPECT_EQ(third["data"].size(), 50U);
  EXPECT_EQ(third["next_cursor"], nullptr);
}

TEST_F(SessionApi, DeleteEndsASessionEarly) {
  gate.get({.user = sticky("a")});
  gate.get({.user = sticky("b")});
  EXPECT_EQ(call("DELETE", "/ses_1").status, 204);
  EXPECT_EQ(gate.model().sessions(), 1U);
  EXPECT_EQ(call("DELETE", "/ses_1").outcome(), "404 not-found");
  gate.wait(20min);
  gate.get({.user = sticky("a")});
  EXPECT_EQ(list()["data"][1]["id"], "ses_3") << "a new session with a new timer";
  EXPECT_EQ(list()["data"][1]["expires_at"], "1970-01-01T00:50:00.000Z");
}

TEST_F(SessionApi, RefusesWhatItDoesNotKnow) {
  for (const char* rest :
       {"/", "/ses_", "/ses_x", "/ses_1x", "/1", "/ses_-1", "/ses_99999999999999999999", "/ses_1/x"}) {
    EXPECT_EQ(call("GET", rest).outcome(), "404 not-found") << rest;
    EXPECT_EQ(call("DELETE", rest).outcome(), "404 not-found") << rest;
  }
  EXPECT_EQ(call("POST").outcome(), "404 not-found");
  EXPECT_EQ(call("DELETE").outcome(), "404 not-found");
  EXPECT_EQ(gate.api("GET", "/", "Bearer lab-token-one").outcome(), "404 not-found");
  for (const char* field : {"", "Bearer", "Bearer ", "Bearer wrong", "Basic bGFiLXRva2VuLW9uZTo="}) {
    const Seen seen = gate.api("GET", kRoot, field);
    EXPECT_EQ(seen.outcome(), "401 auth-failed") << field;
    EXPECT_EQ(seen.header("WWW-Authenticate"), "Bearer realm=\"helodata\"");
  }
}

TEST(SessionApiText, Timestamps) {
  EXPECT_EQ(timestamp_text(kStart), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(timestamp_text(kStart + 1'234'567'890'123ms), "2009-02-13T23:31:30.123Z");
  EXPECT_EQ(timestamp_text(kStart + 951'782'400s), "2000-02-29T00:00:00.000Z");
}

TEST(SessionApiText, WhatClientsNameIsEscaped) {
  ListedSessionFields session;
  session.session_id = "a\"\\\n";
  session.exit_ip = "127.20.0.1";
  EXPECT_EQ(id_map_text({session}), R"({"a\"\\\n":"127.20.0.1"})");
  EXPECT_EQ(id_map_text({}), "{}");
}

}  // namespace
}  // namespace pinproof::sim
