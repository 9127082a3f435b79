// Exits that go away, fail and are silent; retries, re-pins, time-outs and pacing: the model's word over real connections.
#include <gmock/gmock.h>

#include "conformance/gateway_server/gateway_server_testing.h"

namespace pinproof::conformance {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using namespace std::chrono_literals;

class Loss : public LiveGateway {
 protected:
  static std::string other(std::string_view japanese_exit) {
    return japanese_exit == "127.20.0.40" ? "127.20.0.41" : "127.20.0.40";
  }
};

TEST_F(Loss, ADroppedExitIsReplacedAndSaid) {  // H-PIN-1, H-PIN-2, H-PIN-4
  start("helodata");
  const std::string before = ask("GET", "http://a.origin.test/t/t-1", japanese("job1"));
  EXPECT_EQ(field(before, "X-Helodata-Session-Repinned"), "(none)");
  const std::string lost = exit_of("t-1");
  act(sim::ExitAction::kDrop, lost);
  const std::string after = ask("GET", "http://a.origin.test/t/t-2", japanese("job1"));
  EXPECT_EQ(status(after), "200");
  EXPECT_EQ(field(after, "X-Helodata-Session-Repinned"), "true");
  EXPECT_EQ(exit_of("t-2"), other(lost));
  const std::string later = ask("GET", "http://a.origin.test/t/t-3", japanese("job1"));
  EXPECT_EQ(field(later, "X-Helodata-Session-Repinned"), "(none)");
  EXPECT_EQ(exit_of("t-3"), other(lost));
}

TEST_F(Loss, ABodyIsNotLostWithTheExit) {
  start("helodata");
  ask("GET", "http://a.origin.test/t/t-1", japanese("job1"));
  act(sim::ExitAction::kDrop, exit_of("t-1"));
  const std::string body(300'000, 'x');
  const std::string after = ask("POST", "http://a.origin.test/t/t-2", japanese("job1"), {}, body);
  EXPECT_EQ(field(after, "X-Helodata-Session-Repinned"), "true");
  EXPECT_EQ(field(after, "Origin-Read-Bytes"), "300000");
}

TEST_F(Loss, AKeptConnectionThatTheExitEndedIsNoAttempt) {
  start("helodata");
  ask("GET", "http://a.origin.test/t/t-1", japanese("job1"));
  act(sim::ExitAction::kReset, exit_of("t-1"));
  const std::string after = ask("GET", "http://a.origin.test/t/t-2", japanese("job1"));
  EXPECT_EQ(status(after), "200");
  EXPECT_EQ(field(after, "X-Helodata-Session-Repinned"), "(none)");
  EXPECT_EQ(exit_of("t-2"), exit_of("t-1"));
}

TEST_F(Loss, ARequestInFlightFailsWithItsExit) {  // H-PIN-9
  start("helodata");
  ask("GET", "http://a.origin.test/t/t-1", japanese("job1"));
  const std::string exit = exit_of("t-1");
  act(sim::ExitAction::kBlackhole, exit);
  TestClient client(bench, gateway->at());
  client.send(request("GET", "http://a.origin.test/t/t-2", japanese("job1")));
  ASSERT_TRUE(journal_has(exit + " forwarded t-2"));
  act(sim::ExitAction::kDrop, exit);
  ASSERT_TRUE(client.wait_for("\r\n\r\n"));
  EXPECT_EQ(status(client.received()) + " " + field(client.received(), "X-Helodata-Error-Code"), "502 exit-reset");
  client.forget();
  client.send(request("GET", "http://a.origin.test/t/t-3", japanese("job1")));
  ASSERT_TRUE(client.wait_for("t-3\n")) << "the connection goes on";
  EXPECT_EQ(field(client.received(), "X-Helodata-Session-Repinned"), "true");
}

TEST_F(Loss, AnAnswerThatBreaksOffEndsTheConnection) {  // H-PIN-9
  start("helodata");
  TestClient client(bench, gateway->at());
  client.send(request("GET", "http://a.origin.test/t/t-1?size=1000&gate=400", japanese("job1")));
  ASSERT_TRUE(client.wait_for("\r\n\r\n"));
  const std::size_t head = client.received().find("\r\n\r\n") + 4;
  ASSERT_TRUE(client.wait_for_bytes(head + 400));
  EXPECT_EQ(site->activity.active, 0U) << "answered";
  act(sim::ExitAction::kDrop, exit_of("t-1"));
  ASSERT_TRUE(client.wait_for_end());
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(client.received().size(), head + 400);
}

TEST_F(Loss, WithoutAnExitLeftItIsSaid) {  // H-PIN-12
  start("helodata");
  act(sim::ExitAction::kDrop, "127.20.0.40");
  act(sim::ExitAction::kDrop, "127.20.0.41");
  const std::string none = ask("GET", "http://a.origin.test/t/t-1", japanese("job1"));
  EXPECT_EQ(status(none) + " " + field(none, "X-Helodata-Error-Code"), "503 no-exit");
  act(sim::ExitAction::kRestore, "127.20.0.41");
  ask("GET", "http://a.origin.test/t/t-2", japanese("job1"));
  EXPECT_EQ(exit_of("t-2"), "127.20.0.41");
}

TEST_F(Loss, OutsideASessionAnotherExitIsTried) {  // C-RET-3
  start("crawlera", 2);
  act(sim::ExitAction::kFail, "127.20.0.1");
  for (int i = 0; i < 4; ++i) {
    const std::string answer = ask("POST", "http://a.origin.test/t/t-" + std::to_string(i), key(), {}, "hello");
    EXPECT_EQ(status(answer), "200") << answer;
    EXPECT_EQ(field(answer, "Origin-Read-Bytes"), "5");
    advance(1min);
  }
  EXPECT_THAT(journal(), Contains(testing::HasSubstr("127.20.0.1 failed")));
}

TEST_F(Loss, InASessionOneFailureIsTheAnswer) {  // C-RET-1, C-RET-2
  start("crawlera", 1);
  const std::string created = ask("GET", "http://a.origin.test/t/t-1", key(), "X-Crawlera-Session: create\r\n");
  const std::string session = "X-Crawlera-Session: " + field(created, "X-Crawlera-Session") + "\r\n";
  act(sim::ExitAction::kFail, "127.20.0.1", 1);
  advance(12s);
  const std::string failed = ask("GET", "http://a.origin.test/t/t-2", key(), session);
  EXPECT_EQ(status(failed) + " " + field(failed, "X-Crawlera-Error"), "502 send_failed");

  act(sim::ExitAction::kFail, "127.20.0.1", 1);
  advance(12s);
  TestClient client(bench, gateway->at());
  client.send(request("POST", "http://a.origin.test/t/t-3", key(), session + "X-Crawlera-Max-Retries: 1\r\n", "hello"));
  ASSERT_TRUE(wait_for_held(1)) << "C-RET-5: a retry waits for its slot";
  EXPECT_EQ(bench.clock.next_deadline() - bench.clock.now(), 12s);
  advance(12s);
  ASSERT_TRUE(client.wait_for("t-3\n"));
  EXPECT_EQ(field(client.received(), "Origin-Read-Bytes"), "5") << "the body goes out again";
}

TEST_F(Loss, ABodyThatIsNotKeptIsNotSentAgain) {
  GatewayServerOptions options;
  options.body_kept_max = 1'000;
  start("crawlera", 1, std::move(options));
  ask("GET", "http://a.origin.test/t/t-1", key());
  advance(12s);
  act(sim::ExitAction::kBlackhole, "127.20.0.1");
  TestClient client(bench, gateway->at());
  client.send(
      request("POST", "http://a.origin.test/t/t-2", key(), "X-Crawlera-Max-Retries: 1\r\n", std::string(5'000, 'x')));
  ASSERT_TRUE(journal_has("127.20.0.1 forwarded t-2"));
  bench.settle();
  act(sim::ExitAction::kReset, "127.20.0.1");
  act(sim::ExitAction::kRestore, "127.20.0.1");
  bench.settle();
  advance(1min);
  ASSERT_TRUE(client.wait_for("\r\n\r\n"));
  EXPECT_EQ(status(client.received()), "502");
  EXPECT_EQ(exit_of("t-2"), "");
}

TEST_F(Loss, RequestsThroughOneExitWaitForTheirSlots) {  // C-PAC-1, C-PAC-4, C-PAC-9
  start("crawlera", 1);
  std::vector<std::unique_ptr<TestClient>> clients;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(std::make_unique<TestClient>(bench, gateway->at()));
    clients.back()->send(request("POST", "http://a.origin.test/t/t-" + std::to_string(i), key(), {}, "hello"));
    ASSERT_TRUE(wait_for_held(static_cast<std::uint64_t>(i)));
    ASSERT_TRUE(clients[0]->wait_for("t-0\n"));
  }
  EXPECT_EQ(site->activity.received, 4U);
  EXPECT_EQ(site->activity.active, 3U);
  EXPECT_EQ(bench.clock.next_deadline(), sim::kStart + 12s);
  for (std::size_t i = 1; i < 4; ++i) {
    bench.clock.advance_to(sim::kStart + 12s * static_cast<int>(i) - 1ns);
    bench.settle();
    EXPECT_EQ(exit_of("t-" + std::to_string(i)), "");
    bench.clock.advance_to(sim::kStart + 12s * static_cast<int>(i));
    ASSERT_TRUE(clients[i]->wait_for("t-" + std::to_string(i) + "\n"));
    EXPECT_EQ(field(clients[i]->received(), "Origin-Read-Bytes"), "5");
  }
}

TEST_F(Loss, AClientThatGoesWhileItsRequestWaitsIsForgotten) {
  start("crawlera", 1);
  ask("GET", "http://a.origin.test/t/t-1", key());
  for (const bool by_reset : {false, true}) {
    TestClient client(bench, gateway->at());
    client.send(request("GET", "http://a.origin.test/t/t-2", key()));
    ASSERT_TRUE(wait_for_held(1));
    by_reset ? client.reset() : client.close();
    ASSERT_TRUE(wait_for_held(0));
  }
  EXPECT_EQ(bench.clock.next_deadline(), sim::kNever);
  EXPECT_EQ(site->activity.active, 0U);
  advance(1h);
  bench.settle();
  EXPECT_EQ(exit_of("t-2"), "");
}

TEST_F(Loss, AClientThatGoesTakesItsAttemptWithIt) {
  start("helodata");
  ask("GET", "http://a.origin.test/t/t-1", japanese("job1"));
  const std::string exit = exit_of("t-1");
  act(sim::ExitAction::kBlackhole, exit);
  TestClient client(bench, gateway->at());
  client.send(request("GET", "http://a.origin.test/t/t-2", japanese("job1")));
  ASSERT_TRUE(journal_has(exit + " forwarded t-2"));
  client.close();
  EXPECT_TRUE(journal_has(exit + " closed t-2"));
  EXPECT_EQ(site->activity.active, 0U);
}

TEST_F(Loss, ASilentExitIsGivenUpInTime) {
  start("helodata");
  ask("GET", "http://a.origin.test/t/t-1", japanese("job1"));
  const std::string exit = exit_of("t-1");
  act(sim::ExitAction::kBlackhole, exit);
  TestClient client(bench, gateway->at());
  client.send(request("GET", "http://a.origin.test/t/t-2", japanese("job1")));
  ASSERT_TRUE(journal_has(exit + " forwarded t-2"));
  advance(30s - 1ns);
  bench.settle();
  EXPECT_EQ(client.received(), "");
  advance(1ns);
  ASSERT_TRUE(client.wait_for("\r\n\r\n"));
  EXPECT_EQ(status(client.received()) + " " + field(client.received(), "X-Helodata-Error-Code"), "504 exit-timeout");
  EXPECT_TRUE(journal_has(exit + " closed t-2"));
}

TEST_F(Loss, ASlowExitIsWaitedFor) {
  start("helodata");
  ask("GET", "http://a.origin.test/t/t-1", japanese("job1"));
  act(sim::ExitAction::kSlow, exit_of("t-1"), {}, 20s);
  TestClient client(bench, gateway->at());
  client.send(request("GET", "http://a.origin.test/t/t-2", japanese("job1")));
  ASSERT_TRUE(bench.run_until([&] { return bench.site->activity.held == 1; }, "a slow exit"));
  EXPECT_EQ(site->activity.held, 0U);
  EXPECT_EQ(site->activity.active, 1U);
  advance(20s);
  EXPECT_TRUE(client.wait_for("t-2\n"));
}

}  // namespace
}  // namespace pinproof::conformance
