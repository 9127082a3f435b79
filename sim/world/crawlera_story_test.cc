// Whole stories in the crawlera dialect, by the numbers of its documentation: issued sessions, spaced requests, idle expiry.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <set>

#include "sim/world/story_testing.h"

namespace pinproof::sim {
namespace {

using testing::ElementsAre;

constexpr auto kKey = "labkeyone00000000000000000000000";
constexpr auto kSession = "X-Crawlera-Session";
constexpr auto kError = "X-Crawlera-Error";
constexpr auto kNextRequestIn = "X-Crawlera-Next-Request-In";

class Crawlera : public testing::Test {
 protected:
  Story story{"crawlera"};

  ClientRequest get(std::string_view token, std::string_view session = "") {
    ClientRequest request = request_to(fmt::format("http://o.test/t/{}", token), kKey, "");
    if (!session.empty()) request.head.headers.add(kSession, session);
    return request;
  }
  std::string create() { return story.ask(get("create", "create")).header(kSession); }
  ClientRequest api(std::string_view method, std::string_view path) {
    ClientRequest request = request_to(path, "", "", method);
    request.head.headers.add("Authorization", format_basic(kKey, ""));
    return request;
  }
};

// C-SES-1, C-SES-2, C-PAC-1: twelve seconds between two requests, none before.
TEST_F(Crawlera, RequestsOfASessionAreTwelveSecondsApartOnOneExit) {
  const std::string session = create();
  ASSERT_FALSE(session.empty());
  const ExitId exit = story.exit_of("create");
  std::vector<ExchangeId> sent;
  for (int i = 1; i <= 3; ++i) sent.push_back(story.send(get(fmt::format("r{}", i), session)));
  EXPECT_EQ(story.world.gateway().counters().held, 3U);
  story.until(12s - 1ns);
  EXPECT_EQ(story.origin_sightings.size(), 1U);
  story.until(1min);
  for (int i = 1; i <= 3; ++i) {
    const SeenAnswer& answer = story.answers[sent[static_cast<std::size_t>(i) - 1]];
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.head_at, kStart + i * 12s);
    EXPECT_FALSE(answer.headers.has(kNextRequestIn));
    EXPECT_EQ(story.exit_of(fmt::format("r{}", i)), exit);
  }
}

// C-PAC-3, C-PAC-5, C-PAC-6: the n-th request of a burst is due after n times 12 s. Below 120 s no header, from 132 s on the whole seconds
// of it (at 120 s either way), up to 900 s; 912 s is refused at once.
TEST_F(Crawlera, TheDelayIsAnnouncedFromTwoMinutesAndRefusedOverFifteen) {
  const std::string session = create();
  std::vector<ExchangeId> sent;
  for (int i = 1; i <= 76; ++i) sent.push_back(story.send(get(fmt::format("r{}", i), session)));
  const SeenAnswer refused = story.answers[sent[75]];
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.head_at, kStart);
  EXPECT_NE(refused.header("Retry-After"), "");
  story.until(16min);
  for (int i = 1; i <= 75; ++i) {
    const SeenAnswer& answer = story.answers[sent[static_cast<std::size_t>(i) - 1]];
    EXPECT_EQ(answer.status, 200) << i;
    EXPECT_EQ(answer.head_at, kStart + i * 12s) << i;
    if (i == 10) continue;
    EXPECT_EQ(answer.header(kNextRequestIn), i < 10 ? "" : std::to_string(12 * i)) << i;
  }
  EXPECT_EQ(story.answers[sent[74]].header(kNextRequestIn), "900");
  EXPECT_EQ(story.exit_of("r76"), kNoExit);
  // C-PAC-7: after the pause there is no delay left.
  story.until(20min);
  const SeenAnswer after = story.ask(get("after", session));
  EXPECT_EQ(after.head_at, kStart + 20min);
  EXPECT_FALSE(after.headers.has(kNextRequestIn));
}

// C-SES-7, C-SES-4.
TEST_F(Crawlera, ASessionLivesThirtyMinutesFromItsLastRequest) {
  const std::string session = create();
  story.until(29min + 59s);
  EXPECT_EQ(story.ask(get("a", session)).status, 200);
  story.until(59min + 58s + 999'999'999ns);
  EXPECT_EQ(story.ask(get("b", session)).status, 200);
  story.until(89min + 58s + 999'999'999ns);
  const SeenAnswer late = story.ask(get("c", session));
  EXPECT_EQ(late.status, 400);
  EXPECT_EQ(late.header(kError), "bad_session_id");
  EXPECT_EQ(story.exit_of("c"), kNoExit);
}

// C-SES-13: no silent move; the reference ends the session.
TEST_F(Crawlera, ADropEndsTheSession) {
  const std::string session = create();
  const ExitId lost = story.exit_of("create");
  story.until(1min);
  story.drop(lost);
  EXPECT_EQ(story.ask(get("a", session)).status, 502);
  const SeenAnswer next = story.ask(get("b", session));
  EXPECT_EQ(next.header(kError), "bad_session_id");
  EXPECT_THAT(story.sights_of("a"), ElementsAre(ExitSight::kRefused));  // tried once (C-RET-1)
}

// C-RET-2: retries through the same exit, each twelve seconds after the one before (C-RET-5).
TEST_F(Crawlera, RetriesInASessionAreAskedFor) {
  const std::string session = create();
  story.until(1min);
  story.world.act({.exit = story.exit_of("create"), .action = ExitAction::kFail, .count = 2});
  ClientRequest request = get("a", session);
  request.head.headers.add("X-Crawlera-Max-Retries", "2");
  const ExchangeId exchange = story.send(std::move(request));
  story.until(2min);
  EXPECT_EQ(story.answers[exchange].status, 200);
  EXPECT_EQ(story.answers[exchange].head_at, kStart + 84s);
  EXPECT_EQ(story.exit_of("a"), story.exit_of("create"));
  EXPECT_THAT(story.sights_of("a"),
              ElementsAre(ExitSight::kFailed, ExitSight::kFailed, ExitSight::kForwarded, ExitSight::kAnswered));
}

// C-RET-3: outside a session a failing exit is not the end.
TEST_F(Crawlera, RetriesOutsideASessionGoThroughOtherExits) {
  for (std::uint32_t exit = 0; exit < 41; ++exit) {
    story.world.act({.exit = ExitId{exit}, .action = ExitAction::kFail, .count = 1});
  }
  const ExchangeId exchange = story.send(get("a"));
  story.until(2min);
  EXPECT_EQ(story.answers[exchange].status, 502);
  std::set<ExitId> tried;
  for (const ExitSighting& sighting : story.exit_sightings) tried.insert(sighting.exit);
  EXPECT_EQ(tried.size(), 6U);  // the first and five retries, each elsewhere
  EXPECT_EQ(story.exit_sightings.back().attempt, 6U);
}

// CONNECT is read inside: its fields travel on the inner request, and what the origin reads carries none of them.
TEST_F(Crawlera, ConnectIsIntercepted) {
  const ClientConnection connection = story.world.open();
  const ExchangeId opening = story.send(connection, request_to("o.test:443", kKey, "", "CONNECT"));
  EXPECT_EQ(story.answers[opening].status, 200);
  EXPECT_TRUE(story.exit_sightings.empty());
  ClientRequest request = inside("/t/a?size=3");
  request.head.headers.add(kSession, "create");
  const ExchangeId inner = story.send(connection, std::move(request));
  const SeenAnswer answer = story.answers[inner];
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body.text, "abc");
  EXPECT_NE(answer.header(kSession), "");
  ASSERT_EQ(story.origin_sightings.size(), 1U);
  EXPECT_EQ(story.origin_sightings[0].head.target, "/t/a?size=3");
  EXPECT_EQ(story.origin_sightings[0].head.headers.find("Host"), "o.test");
  EXPECT_FALSE(story.origin_sightings[0].head.headers.has(kSession));
  EXPECT_EQ(story.exit_sightings[0].host, "o.test");
  EXPECT_EQ(story.exit_sightings[0].token, "a");
}

// C-SES-3, C-SES-5, C-SES-6, C-SES-8.
TEST_F(Crawlera, TheSessionsApi) {
  const SeenAnswer created = story.ask(api("POST", "/sessions"));
  EXPECT_EQ(created.status / 100, 2);
  const std::string session = created.body.text;
  const SeenAnswer listed = story.ask(api("GET", "/sessions"));
  const SeenAnswer served = story.ask(get("a", session));
  EXPECT_EQ(served.status, 200);
  const std::string address = standard_pool()[index_of(story.exit_of("a"))].address;
  EXPECT_EQ(listed.body.text, fmt::format("{{\"{}\":\"{}\"}}", session, address));
  EXPECT_LT(story.ask(api("DELETE", "/sessions/" + session)).status, 400);
  EXPECT_EQ(story.ask(api("GET", "/sessions")).body.text, "{}");
  story.until(1min);
  EXPECT_EQ(story.ask(get("b", session)).header(kError), "bad_session_id");
}

TEST_F(Crawlera, HeldRequestsOfAClientThatLeavesAreNotForwarded) {
  const std::string session = create();
  const ClientConnection connection = story.world.open();
  story.send(connection, get("a", session));
  story.until(5s);
  story.world.close(connection);
  story.until(1min);
  EXPECT_EQ(story.exit_of("a"), kNoExit);
  EXPECT_EQ(story.world.gateway().counters().held, 0U);
}

}  // namespace
}  // namespace pinproof::sim
