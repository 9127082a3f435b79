#include "mock_upstream/exits/exits.h"

#include <gmock/gmock.h>

#include "mock_upstream/exits/exits_testing.h"

namespace pinproof::mock_upstream {
namespace {

using namespace std::chrono_literals;
using sim::ExitAction;
using sim::ExitId;
using sim::kStart;
using testing::ElementsAre;

constexpr std::string_view kGet = "GET http://a.origin.test/t/t-1 HTTP/1.1\r\n\r\n";
constexpr std::string_view kGated = "GET http://a.origin.test/t/t-1?size=9&gate=4 HTTP/1.1\r\n\r\n";

class ExitActions : public LiveExits {
 protected:
  bool serves(std::size_t exit = 0) {
    TestClient gateway(bench, at(exit));
    if (!gateway.wait_connected()) return false;
    gateway.send(kGet);
    return gateway.wait_for("200 OK");
  }
  bool refuses(std::size_t exit = 0) {
    TestClient gateway(bench, at(exit));
    return gateway.wait_for_end() && gateway.refused();
  }
};

TEST_F(ExitActions, ADropClosesTheListenerAndResetsInMidBody) {
  TestClient gateway(bench, at(0));
  gateway.send(kGated);
  ASSERT_TRUE(gateway.wait_for("\r\n\r\nabcd"));
  TestClient idle(bench, at(0));
  ASSERT_TRUE(idle.wait_connected());
  bench.settle();
  TestClient neighbour(bench, at(1));
  ASSERT_TRUE(neighbour.wait_connected());

  act(ExitAction::kDrop);
  EXPECT_FALSE(exits->is_up(ExitId{0}));
  ASSERT_TRUE(gateway.wait_for_end());
  EXPECT_TRUE(gateway.was_reset());
  EXPECT_TRUE(gateway.received().ends_with("\r\n\r\nabcd"));
  ASSERT_TRUE(idle.wait_for_end());
  EXPECT_TRUE(idle.was_reset());
  EXPECT_TRUE(refuses());
  neighbour.send(kGet);
  EXPECT_TRUE(neighbour.wait_for("200 OK"));
  EXPECT_TRUE(bench.run_until([&] { return bench.site->activity.held == 0; }, "the origin's giving up"));
  EXPECT_EQ(journal()[3], "0s 127.20.0.1 reset GET a.origin.test t-1");

  act(ExitAction::kRestore);
  EXPECT_TRUE(serves()) << "at the same address and port";
}

TEST_F(ExitActions, ADropEndsATunnel) {
  TestClient gateway(bench, at(0));
  gateway.send("CONNECT t-5.origin.test:443 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(gateway.wait_for("HTTP/1.1 200 OK\r\n\r\n"));
  act(ExitAction::kDrop);
  ASSERT_TRUE(gateway.wait_for_end());
  EXPECT_TRUE(gateway.was_reset());
  EXPECT_THAT(journal(), ElementsAre("0s 127.20.0.1 forwarded CONNECT t-5.origin.test t-5",
                                     "0s 127.20.0.1 answered CONNECT t-5.origin.test t-5",
                                     "0s 127.20.0.1 reset CONNECT t-5.origin.test t-5"));
}

TEST_F(ExitActions, AResetLeavesTheExitUp) {
  TestClient gateway(bench, at(0));
  gateway.send(kGated);
  ASSERT_TRUE(gateway.wait_for("abcd"));
  act(ExitAction::kReset);
  ASSERT_TRUE(gateway.wait_for_end());
  EXPECT_TRUE(gateway.was_reset());
  EXPECT_TRUE(exits->is_up(ExitId{0}));
  EXPECT_TRUE(serves());
}

TEST_F(ExitActions, AFailureIsTheExitsOwnWordAndIsCounted) {
  act(ExitAction::kFail, 0, {}, 2);
  TestClient gateway(bench, at(0));
  gateway.send(std::string(kGet) + "HEAD http://a.origin.test/t/t-2 HTTP/1.1\r\n\r\n" + std::string(kGet));
  ASSERT_TRUE(gateway.wait_for("t-1\n"));
  const std::string failure =
      "HTTP/1.1 502 Bad Gateway\r\nProxy-Status: \"127.20.0.1\"; error=proxy_internal_error\r\n"
      "Content-Type: text/plain\r\nContent-Length: 35\r\n\r\n";
  EXPECT_TRUE(gateway.received().starts_with(failure + "the exit cannot serve this request\n" + failure +
                                             "HTTP/1.1 200 OK\r\n"))
      << gateway.received();
  EXPECT_THAT(journal(),
              ElementsAre("0s 127.20.0.1 failed GET a.origin.test t-1", "0s 127.20.0.1 failed HEAD a.origin.test t-2",
                          "0s 127.20.0.1 forwarded GET a.origin.test t-1", "0s origin from 127.20.0.1 GET /t/t-1 t-1",
                          "0s 127.20.0.1 answered GET a.origin.test t-1"));
}

TEST_F(ExitActions, AFailureOfARequestWithABodyEndsTheConnection) {
  act(ExitAction::kFail);
  TestClient gateway(bench, at(0));
  gateway.send("POST http://a.origin.test/t/t-1 HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody");
  ASSERT_TRUE(gateway.wait_for_end());
  EXPECT_TRUE(gateway.received().starts_with("HTTP/1.1 502 "));
  EXPECT_TRUE(gateway.closed());
}

TEST_F(ExitActions, ASlowExitAnswersWhenTheClockSaysSo) {
  act(ExitAction::kSlow, 0, {}, {}, 5s);
  bench.clock.advance_to(kStart + 1s);
  TestClient gateway(bench, at(0));
  gateway.send(kGet);
  ASSERT_TRUE(bench.run_until([&] { return bench.site->activity.held == 1; }, "the exit's waiting"));
  EXPECT_EQ(bench.clock.next_deadline(), kStart + 6s);
  EXPECT_EQ(bench.site->activity.active, 1U);
  bench.clock.advance_to(kStart + 6s - 1ns);
  bench.settle();
  EXPECT_EQ(gateway.received(), "");
  bench.clock.advance_to(kStart + 60s);
  ASSERT_TRUE(gateway.wait_for("t-1\n"));
  EXPECT_THAT(journal(),
              ElementsAre("1s 127.20.0.1 forwarded GET a.origin.test t-1", "1s origin from 127.20.0.1 GET /t/t-1 t-1",
                          "6s 127.20.0.1 answered GET a.origin.test t-1"));
}

TEST_F(ExitActions, ASlowExitNoticesThatTheGatewayHasGone) {
  act(ExitAction::kSlow, 0, {}, {}, 5s);
  TestClient gateway(bench, at(0));
  gateway.send("CONNECT t-5.origin.test:443 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(bench.run_until([&] { return bench.site->activity.held == 1; }, "the exit's waiting"));
  gateway.close();
  ASSERT_TRUE(journal_has("0s 127.20.0.1 closed CONNECT t-5.origin.test t-5"));
  EXPECT_EQ(bench.clock.next_deadline(), sim::kNever);
}

TEST_F(ExitActions, ASlowExitThatDropsAnswersNoMore) {
  act(ExitAction::kSlow, 0, {}, {}, 5s);
  TestClient gateway(bench, at(0));
  gateway.send(kGet);
  ASSERT_TRUE(bench.run_until([&] { return bench.site->activity.held == 1; }, "the exit's waiting"));
  act(ExitAction::kDrop);
  ASSERT_TRUE(gateway.wait_for_end());
  EXPECT_TRUE(gateway.was_reset());
  EXPECT_EQ(gateway.received(), "");
}

TEST_F(ExitActions, ABlackHoleAcceptsAndSaysNothing) {
  act(ExitAction::kBlackhole);
  TestClient gateway(bench, at(0));
  gateway.send(kGet);
  ASSERT_TRUE(journal_has("0s 127.20.0.1 forwarded GET a.origin.test t-1"));
  bench.clock.advance_to(kStart + 24h);
  bench.settle();
  EXPECT_EQ(gateway.received(), "");
  EXPECT_EQ(bench.site->activity.held, 1U);
  act(ExitAction::kRestore);
  bench.settle();
  EXPECT_EQ(gateway.received(), "") << "what fell in stays there";
  EXPECT_TRUE(serves());
  gateway.close();
  EXPECT_TRUE(journal_has("24h 127.20.0.1 closed GET a.origin.test t-1"));
}

TEST_F(ExitActions, EndByTheClockAndAreScheduledByIt) {
  act(ExitAction::kDrop, 0, 10s);
  exits->schedule({kStart + 4s, {ExitId{1}, ExitAction::kDrop, 2s, {}, {}}});
  EXPECT_TRUE(refuses(0));
  EXPECT_TRUE(serves(1));
  EXPECT_EQ(bench.clock.next_deadline(), kStart + 4s);
  bench.clock.advance_to(kStart + 4s);
  EXPECT_TRUE(refuses(1));
  bench.clock.advance_to(kStart + 6s);
  EXPECT_TRUE(serves(1));
  EXPECT_TRUE(refuses(0));
  bench.clock.advance_to(kStart + 10s);
  EXPECT_TRUE(serves(0));
  EXPECT_EQ(bench.clock.next_deadline(), sim::kNever);
}

TEST_F(ExitActions, ResetMakesThePoolAsNewAndLeavesIdleConnections) {
  TestClient idle(bench, at(1));
  idle.send(kGet);
  ASSERT_TRUE(idle.wait_for("t-1\n"));
  TestClient gated(bench, at(1));
  gated.send(kGated);
  ASSERT_TRUE(gated.wait_for("abcd"));
  act(ExitAction::kDrop, 0, 10s);
  act(ExitAction::kFail, 1);
  exits->schedule({kStart + 4s, {ExitId{2}, ExitAction::kDrop, {}, {}, {}}});
  bench.clock.advance_to(kStart + 1s);

  exits->reset();
  EXPECT_EQ(bench.clock.next_deadline(), sim::kNever);
  ASSERT_TRUE(gated.wait_for_end());
  EXPECT_TRUE(gated.was_reset());
  idle.forget();
  idle.send(kGet);
  EXPECT_TRUE(idle.wait_for("t-1\n"));
  EXPECT_TRUE(serves(0));
}

TEST(ExitsStart, ShareOnePort) {
  TestBench bench;
  ExitsOptions options;
  options.exits = sim::standard_pool(5);
  Exits exits(bench.site, options);
  ASSERT_EQ(exits.start(), std::nullopt);
  for (const sim::Exit& exit : exits.list()) EXPECT_EQ(exit.port, exits.list()[0].port);
  EXPECT_EQ(exits.find("127.20.0.5"), ExitId{4});
  EXPECT_EQ(exits.find("127.20.0.6"), std::nullopt);
}

TEST(ExitsStart, SayWhatHindersThem) {
  TestBench bench;
  Listener taken(
      bench.io.get_executor(), [](Socket) {}, [](std::string_view) {});
  ASSERT_FALSE(taken.open(Endpoint(asio::ip::make_address_v4("127.20.0.2"), 0)));
  ExitsOptions options;
  options.exits = sim::standard_pool(2);
  options.port = taken.local().port();
  Exits exits(bench.site, options);
  EXPECT_EQ(exits.start(),
            "the exit 127.20.0.2 cannot listen at port " + std::to_string(options.port) + ": Address already in use");
  options.exits[0].address = "192.0.2.1";
  Exits elsewhere(bench.site, options);
  EXPECT_EQ(elsewhere.start(), "the exit 192.0.2.1 cannot listen at port " + std::to_string(options.port) +
                                   ": Address family not supported by protocol");
  taken.close();
}

TEST(ExitsStart, NeedSoManyFiles) {
  ExitsOptions options;
  options.exits = sim::standard_pool(5000);
  EXPECT_EQ(open_files_of(options), 5000U * 2 + 1024 * 2 + 256);
}

}  // namespace
}  // namespace pinproof::mock_upstream
