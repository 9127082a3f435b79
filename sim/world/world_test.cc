// How the network behaves, whatever the gateway's promises: order, latencies, gates, resets, tunnels, pipelining, limits.
#include "sim/world/world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/core/digest.h"
#include "sim/world/story_testing.h"

namespace pinproof::sim {
namespace {

using testing::ElementsAre;

constexpr auto kRotating = "helo_s1a2b3c4d5e-type-res-region-us";
constexpr auto kSticky = "helo_s1a2b3c4d5e-type-res-region-us-session-job1-sesstime-30";
constexpr Latencies kSomeLatency{.client_to_gateway = 10ms, .gateway_to_exit = 200ms, .exit_to_origin = 3000ms};

ClientRequest get(std::string_view target, std::string_view user = kRotating) {
  return request_to(target, user, "lab-password-one");
}
ClientRequest connect(std::string_view target, std::string_view user = kRotating) {
  return request_to(target, user, "lab-password-one", "CONNECT");
}

TEST(World, ARequestGoesThroughAnExitToTheOriginAndBack) {
  Story story("helodata");
  ClientRequest request = get("http://o.test/t/a?size=5000");
  request.head.method = "POST";
  request.head.headers.add("X-Mine", "kept");
  request.body = "hello";
  const SeenAnswer answer = story.ask(std::move(request));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.end, ExchangeEnd::kComplete);
  EXPECT_EQ(answer.body.bytes, 5'000U);
  EXPECT_EQ(answer.head_at, kStart);
  ASSERT_EQ(story.origin_sightings.size(), 1U);
  const OriginSighting& seen = story.origin_sightings[0];
  EXPECT_EQ(seen.head.method, "POST");
  EXPECT_EQ(seen.head.target, "/t/a?size=5000");
  EXPECT_EQ(seen.head.headers.find("Host"), "o.test");
  EXPECT_EQ(seen.head.headers.find("X-Mine"), "kept");
  EXPECT_EQ(seen.head.headers.find("Content-Length"), "5");
  EXPECT_FALSE(seen.head.headers.has("Proxy-Authorization"));
  EXPECT_EQ(seen.token, "a");
  EXPECT_EQ(seen.body_bytes, 5U);
  EXPECT_EQ(seen.body_digest, 0x26c7827d889f6da3U);  // printf hello | xxhsum -H64
  EXPECT_THAT(story.sights_of("a"), ElementsAre(ExitSight::kForwarded, ExitSight::kAnswered));
}

TEST(World, ALongBodyIsNotKeptWholeButDigestedWhole) {
  Story story("helodata");
  const SeenAnswer answer = story.ask(get("http://o.test/t/a?size=1048577"));
  EXPECT_EQ(answer.body.bytes, 1'048'577U);
  EXPECT_EQ(answer.body.text.size(), 1'048'576U);
  EXPECT_NE(answer.body.digest, digest_of(answer.body.text));
}

TEST(World, EveryWayTakesItsTime) {
  Story story("helodata", {.latencies = kSomeLatency});
  const ExchangeId exchange = story.send(get("http://o.test/t/a"));
  story.until(6'419ms);
  EXPECT_FALSE(story.answers[exchange].end);
  story.until(6'420ms);
  EXPECT_EQ(story.answers[exchange].status, 200);
  EXPECT_EQ(story.answers[exchange].end, ExchangeEnd::kComplete);
}

TEST(World, AGatedAnswerStopsUntilReleased) {
  Story story("helodata");
  const ExchangeId exchange = story.send(get("http://o.test/t/a?size=8&gate=3"));
  EXPECT_EQ(story.answers[exchange].status, 200);
  story.until(20s);
  EXPECT_FALSE(story.answers[exchange].end);
  story.world.release("b");
  story.until(21s);
  EXPECT_FALSE(story.answers[exchange].end);
  story.world.release("a");
  story.until(22s);
  EXPECT_EQ(story.answers[exchange].end, ExchangeEnd::kComplete);
  EXPECT_EQ(story.answers[exchange].body.text, "abcdefgh");
  EXPECT_EQ(story.answers[exchange].ended_at, kStart + 21s);
}

TEST(World, AReleaseBeforeTheAnswerCountsToo) {
  Story story("helodata");
  story.world.release("a");
  EXPECT_EQ(story.ask(get("http://o.test/t/a?size=8&gate=3")).end, ExchangeEnd::kComplete);
}

struct LossCase {
  const char* name;
  ExitAction action;
  bool loses;
};

class World_Loss : public testing::TestWithParam<LossCase> {};

// A request in flight at the loss of its exit ends in a clear way: cut where the head had gone out (H-PIN-9).
TEST_P(World_Loss, InMidBody) {
  Story story("helodata");
  const ClientConnection connection = story.world.open();
  const ExchangeId exchange = story.send(connection, get("http://o.test/t/a?size=8&gate=3"));
  story.world.act({.exit = story.exit_of("a"), .action = GetParam().action});
  story.until(1s);
  if (GetParam().loses) {
    EXPECT_EQ(story.answers[exchange].end, ExchangeEnd::kCut);
    EXPECT_EQ(story.answers[exchange].body.bytes, 3U);
    EXPECT_EQ(story.answers[exchange].body.text, "abc");
    EXPECT_FALSE(story.world.is_open(connection));
    EXPECT_THAT(story.closed, ElementsAre(connection));
    EXPECT_THAT(story.sights_of("a"), ElementsAre(ExitSight::kForwarded, ExitSight::kAnswered, ExitSight::kReset));
  } else {
    EXPECT_FALSE(story.answers[exchange].end);
    story.world.release("a");
    story.until(2s);
    EXPECT_EQ(story.answers[exchange].end, ExchangeEnd::kComplete);
  }
}

// An idle tunnel is closed by the loss; a request inside that waits for its answer ends without one.
TEST_P(World_Loss, OfATunnel) {
  Story story("helodata", {.latencies = {.client_to_gateway = {}, .gateway_to_exit = {}, .exit_to_origin = 1s}});
  const ClientConnection connection = story.world.open();
  const ExchangeId opening = story.send(connection, connect("t-c.o.test:443"));
  story.until(2s);
  EXPECT_EQ(story.answers[opening].status, 200);
  EXPECT_EQ(story.answers[opening].end, ExchangeEnd::kComplete);
  const ExchangeId inner = story.send(connection, inside("/t/i"));
  story.until(2500ms);
  ASSERT_EQ(story.exit_sightings.back().token, "t-c");
  story.world.act({.exit = story.exit_sightings.back().exit, .action = GetParam().action});
  story.until(10s);
  EXPECT_EQ(story.world.is_open(connection), !GetParam().loses);
  EXPECT_EQ(story.answers[inner].end, GetParam().loses ? ExchangeEnd::kClosed : ExchangeEnd::kComplete);
  EXPECT_EQ(story.answers[inner].status, GetParam().loses ? 0 : 200);
}

INSTANTIATE_TEST_SUITE_P(Table, World_Loss,
                         testing::Values(LossCase{"drop", ExitAction::kDrop, true},
                                         LossCase{"reset", ExitAction::kReset, true},
                                         LossCase{"fail", ExitAction::kFail, false},
                                         LossCase{"blackhole", ExitAction::kBlackhole, false}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(World, BytesInsideATunnelAreTheClientsOwn) {
  Story story("helodata");
  const ClientConnection connection = story.world.open();
  story.send(connection, connect("t-c.o.test:443"));
  ClientRequest request = inside("/t/i?size=2&gate=1");
  request.head.headers.add("Proxy-Authorization", "stays");
  const ExchangeId inner = story.send(connection, std::move(request));
  EXPECT_EQ(story.answers[inner].status, 200);
  EXPECT_FALSE(story.answers[inner].end);
  story.world.release("i");
  story.until(1s);
  EXPECT_EQ(story.answers[inner].body.text, "ab");
  ASSERT_EQ(story.origin_sightings.size(), 1U);
  EXPECT_EQ(story.origin_sightings[0].head.headers.find("Proxy-Authorization"), "stays");
  EXPECT_EQ(story.origin_sightings[0].from, story.exit_sightings[0].exit);
  story.world.close(connection);
  story.until(2s);
  EXPECT_THAT(story.sights_of("t-c"), ElementsAre(ExitSight::kForwarded, ExitSight::kAnswered, ExitSight::kClosed));
}

TEST(World, ATunnelEndsWhenTheRequestInsideAsksTheOriginToClose) {
  Story story("helodata");
  const ClientConnection connection = story.world.open();
  story.send(connection, connect("t-c.o.test:443"));
  ClientRequest request = inside("/t/i");
  request.head.headers.add("Connection", "keep-alive, Close");
  const ExchangeId inner = story.send(connection, std::move(request));
  EXPECT_EQ(story.answers[inner].end, ExchangeEnd::kComplete);
  EXPECT_FALSE(story.world.is_open(connection));
  EXPECT_EQ(story.world.gateway().counters().active, 0U);
}

TEST(World, MeantForATunnelThatIsNotThere) {
  Story story("helodata");
  const ClientConnection connection = story.world.open();
  const ExchangeId refused = story.send(connection, request_to("o.test:443", "", "", "CONNECT"));
  EXPECT_EQ(story.answers[refused].status, 407);
  EXPECT_EQ(story.answers[story.send(connection, inside("/t/i"))].end, ExchangeEnd::kClosed);
  EXPECT_TRUE(story.origin_sightings.empty());
}

TEST(World, OneExchangeAtATimeInOrder) {
  Story story("helodata");
  const ClientConnection connection = story.world.open();
  const ExchangeId first = story.world.send(connection, get("http://o.test/t/a?size=8&gate=3"));
  const ExchangeId second = story.world.send(connection, get("http://o.test/t/b"));
  const ExchangeId third = story.world.send(connection, get("http://o.test/t/c"));
  story.until(1s);
  EXPECT_EQ(story.origin_sightings.size(), 1U);
  story.world.release("a");
  story.until(2s);
  for (const ExchangeId exchange : {first, second, third})
    EXPECT_EQ(story.answers[exchange].end, ExchangeEnd::kComplete);
  ASSERT_EQ(story.origin_sightings.size(), 3U);
  EXPECT_EQ(story.origin_sightings[1].token, "b");
  EXPECT_EQ(story.origin_sightings[2].token, "c");
}

TEST(World, ConnectionCloseClosesAfterTheAnswer) {
  Story story("helodata");
  const ClientConnection connection = story.world.open();
  ClientRequest request = get("http://o.test/t/a");
  request.head.headers.add("Connection", "close");
  const ExchangeId first = story.world.send(connection, std::move(request));
  const ExchangeId second = story.world.send(connection, get("http://o.test/t/b"));
  story.until(1s);
  EXPECT_EQ(story.answers[first].end, ExchangeEnd::kComplete);
  EXPECT_EQ(story.answers[second].end, ExchangeEnd::kClosed);
  EXPECT_FALSE(story.world.is_open(connection));
  const ExchangeId late = story.send(connection, get("http://o.test/t/c"));
  EXPECT_EQ(story.answers[late].end, ExchangeEnd::kClosed);
}

TEST(World, AClientThatGoesAwayLeavesNothingBehind) {
  Story story("helodata");
  const ClientConnection connection = story.world.open();
  const ExchangeId exchange = story.send(connection, get("http://o.test/t/a?size=8&gate=3"));
  EXPECT_EQ(story.world.gateway().counters().received, 1U);
  story.world.close(connection);
  EXPECT_EQ(story.answers[exchange].end, ExchangeEnd::kClosed);
  story.until(1s);
  EXPECT_THAT(story.sights_of("a"), ElementsAre(ExitSight::kForwarded, ExitSight::kAnswered, ExitSight::kClosed));
  story.world.release("a");
  story.until(2s);
  EXPECT_EQ(story.world.gateway().counters().active, 0U);
  EXPECT_TRUE(story.closed.empty());
}

TEST(World, ASilentExitEndsInTheGatewaysTimeOut) {
  Story story("helodata", {.exits = standard_pool(1)});
  story.world.act({.exit = ExitId{0}, .action = ExitAction::kBlackhole});
  const ExchangeId exchange = story.send(get("http://o.test/t/a", kSticky));
  story.until(29'999ms);
  EXPECT_FALSE(story.answers[exchange].end);
  story.until(30s);
  EXPECT_EQ(story.answers[exchange].status, 504);
  EXPECT_THAT(story.sights_of("a"), ElementsAre(ExitSight::kForwarded, ExitSight::kClosed));
}

TEST(World, ASlowExitAnswersLate) {
  Story story("helodata", {.exits = standard_pool(1)});
  story.world.act({.exit = ExitId{0}, .action = ExitAction::kSlow, .delay = 7s});
  const ExchangeId exchange = story.send(get("http://o.test/t/a"));
  story.until(7s);
  EXPECT_EQ(story.answers[exchange].status, 200);
  EXPECT_EQ(story.answers[exchange].head_at, kStart + 7s);
}

// At one instant the pool changes first: an exit that comes back at 10 s serves what arrives at 10 s.
TEST(World, ThePoolChangesBeforeWhatArrivesAtThatInstant) {
  Story story("helodata", {.exits = standard_pool(1),
                           .latencies = {.client_to_gateway = 10s, .gateway_to_exit = {}, .exit_to_origin = {}}});
  story.world.act({.exit = ExitId{0}, .action = ExitAction::kDrop, .lasting = 10s});
  const ExchangeId exchange = story.send(get("http://o.test/t/a"));
  story.until(20s);
  EXPECT_EQ(story.answers[exchange].status, 200);
}

TEST(World, EventsAreLimited) {
  Story story("helodata", {.events_max = 3});
  story.world.send(story.world.open(), get("http://o.test/t/a"));
  EXPECT_FALSE(story.world.exhausted());
  while (story.world.step()) {
  }
  EXPECT_TRUE(story.world.exhausted());
  EXPECT_EQ(story.world.events(), 3U);
  EXPECT_NE(story.world.next_event(), kNever);
  story.until(1h);
  EXPECT_EQ(story.world.now(), kStart);
}

TEST(World, NothingHappensWhenNothingIsLeft) {
  Story story("helodata");
  EXPECT_EQ(story.world.next_event(), kNever);
  EXPECT_FALSE(story.world.step());
  EXPECT_FALSE(story.world.exhausted());
}

}  // namespace
}  // namespace pinproof::sim
