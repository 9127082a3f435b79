// Plain requests, kept and pipelined connections, and what is said of framing.
#include <gmock/gmock.h>

#include "conformance/gateway_server/gateway_server_testing.h"

namespace pinproof::conformance {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Plain : public LiveGateway {};

TEST_F(Plain, ARequestGoesThroughAnExitAndBack) {
  start("helodata");
  const std::string answer =
      ask("GET", "http://a.origin.test/t/t-1?size=3", japanese("job1"), "Host: a.origin.test\r\nX-Mine: 1\r\n");
  EXPECT_EQ(status(answer), "200");
  EXPECT_TRUE(answer.ends_with("\r\n\r\nabc")) << answer;
  EXPECT_EQ(field(answer, "Content-Length"), "3");
  EXPECT_EQ(field(answer, "X-Helodata-Bytes-In"), "3");
  EXPECT_EQ(field(answer, "Connection"), "close");
  EXPECT_EQ(field(answer, "X-Helodata-Exit-IP"), exit_of("t-1"));
  EXPECT_EQ(origin_saw("t-1")->headers, (sim::Headers{{"Host", "a.origin.test"}, {"X-Mine", "1"}})) << "G-1";
  EXPECT_EQ(site->activity.received, 1U);
  EXPECT_EQ(site->activity.active, 0U);
}

TEST_F(Plain, ASessionKeepsItsExitOverConnections) {  // H-STK-2
  start("helodata");
  for (int i = 0; i < 8; ++i) ask("GET", "http://a.origin.test/t/t-" + std::to_string(i), japanese("job1"));
  for (int i = 1; i < 8; ++i) EXPECT_EQ(exit_of("t-" + std::to_string(i)), exit_of("t-0"));
}

TEST_F(Plain, PipelinedRequestsAreJudgedEachByItsOwnCredentialsAndAnsweredInOrder) {
  start("helodata");
  TestClient client(bench, gateway->at());
  client.send(request("GET", "http://a.origin.test/t/t-1", japanese("job1")) +
              request("GET", "http://a.origin.test/t/t-2", "helo_s1a2b3c4d5e-type-res-region-jp:wrong") +
              request("POST", "http://a.origin.test/t/t-3", "", {}, "a body") +
              request("HEAD", "http://a.origin.test/t/t-4?size=9", japanese("job2")) +
              request("POST", "http://a.origin.test/t/t-5", japanese("job1"), {}, "hello") +
              request("GET", "http://a.origin.test/t/t-6", japanese("job1"), "Connection: close\r\n"));
  ASSERT_TRUE(client.wait_for_end());
  const std::string& received = client.received();
  std::vector<std::string> statuses;
  for (std::size_t at = 0; (at = received.find("HTTP/1.1 ", at)) != std::string::npos; at += 9) {
    statuses.push_back(received.substr(at + 9, 3));
  }
  EXPECT_THAT(statuses, ElementsAre("200", "407", "407", "200", "200", "200"));
  EXPECT_LT(received.find("t-1\n"), received.find("407"));
  EXPECT_THAT(received, HasSubstr("Content-Length: 9\r\n"));
  EXPECT_LT(received.find("Content-Length: 9"), received.find("t-5\n"));
  EXPECT_TRUE(received.ends_with("t-6\n"));
  EXPECT_EQ(exit_of("t-2") + exit_of("t-3"), "");
  EXPECT_EQ(origin_saw("t-5")->body_bytes, 5U);
  EXPECT_EQ(site->activity.received, 6U);
}

TEST_F(Plain, BodiesStreamInBothFramingsAndDirections) {
  start("helodata");
  TestClient client(bench, gateway->at());
  const std::string body(3'000'000, 'x');
  client.send(request("POST", "http://a.origin.test/t/t-1?size=5000000", japanese("job1"), {}, body));
  ASSERT_TRUE(client.wait_for("\r\n\r\n"));
  const std::size_t head = client.received().find("\r\n\r\n") + 4;
  ASSERT_TRUE(client.wait_for_bytes(head + 5'000'000));
  EXPECT_EQ(field(client.received(), "Origin-Read-Bytes"), "3000000");
  EXPECT_EQ(field(client.received(), "X-Helodata-Bytes-Out"), "3000000");
  client.forget();
  client.send(request("POST", "http://a.origin.test/t/t-2", japanese("job1"), "Transfer-Encoding: chunked\r\n") +
              "5\r\nhello\r\n");
  bench.settle();
  client.send("6;x=y\r\n there\r\n0\r\n\r\n");
  ASSERT_TRUE(client.wait_for("t-2\n"));
  EXPECT_EQ(field(client.received(), "Origin-Read-Bytes"), "11");
}

TEST_F(Plain, GoAheadIsPassedOn) {
  start("helodata");
  TestClient client(bench, gateway->at());
  client.send(
      request("POST", "http://a.origin.test/t/t-1", japanese("job1"), "Content-Length: 5\r\nExpect: 100-continue\r\n"));
  ASSERT_TRUE(client.wait_for("HTTP/1.1 100 Continue\r\n\r\n"));
  client.forget();
  client.send("hello");
  ASSERT_TRUE(client.wait_for("t-1\n"));
  EXPECT_EQ(field(client.received(), "Origin-Read-Bytes"), "5");
}

TEST_F(Plain, NoBodyWhereThereIsNone) {
  start("helodata");
  TestClient client(bench, gateway->at());
  for (const char* asked : {"204", "304"}) {
    client.forget();
    client.send(request("GET", "http://a.origin.test/t/t-1?status=" + std::string(asked), japanese("job1")));
    ASSERT_TRUE(client.wait_for("\r\n\r\n"));
    EXPECT_EQ(status(client.received()), asked);
    EXPECT_TRUE(client.received().ends_with("\r\n\r\n"));
  }
  client.forget();
  client.send(request("GET", "http://a.origin.test/t/t-2", japanese("job1")));
  EXPECT_TRUE(client.wait_for("\r\n\r\nt-2\n")) << "the connection goes on";
}

TEST_F(Plain, AClientOfHttp10IsClosedUnlessItAsksOtherwise) {
  start("helodata");
  std::string asked = request("GET", "http://a.origin.test/t/t-1", japanese("job1"));
  asked.replace(asked.find("HTTP/1.1"), 8, "HTTP/1.0");
  TestClient closed(bench, gateway->at());
  closed.send(asked);
  ASSERT_TRUE(closed.wait_for_end());
  EXPECT_EQ(field(closed.received(), "Connection"), "close");

  asked.insert(asked.size() - 2, "Connection: keep-alive\r\n");
  TestClient kept(bench, gateway->at());
  kept.send(asked + asked);
  ASSERT_TRUE(kept.wait_for("t-1\n"));
  EXPECT_EQ(field(kept.received(), "Connection"), "keep-alive");
  EXPECT_TRUE(bench.run_until([&] { return site->activity.received == 3; }, "the second request"));
}

TEST_F(Plain, ConnectionsToExitsAreUsedAgain) {
  start("helodata");
  for (int i = 0; i < 5; ++i) ask("GET", "http://a.origin.test/t/t-" + std::to_string(i), japanese("job1"));
  EXPECT_EQ(bench.site->activity.received, 5U);
  EXPECT_LE(bench.site->tasks->running(), 4U) << "one connection to the exit, and one of it to the origin";
}

TEST_F(Plain, SessionsApiIsServedAsOneOfTheGatewaysOwn) {
  start("crawlera");
  const std::string created = ask("POST", "/sessions", key());
  EXPECT_EQ(status(created), "200");
  const std::string id = created.substr(created.find("\r\n\r\n") + 4);
  const std::string listed = ask("GET", "/sessions", key());
  EXPECT_THAT(listed, HasSubstr("\"" + id + "\""));
  const std::string used =
      ask("GET", "http://a.origin.test/t/t-1", key(), "X-Crawlera-Session: " + id + "\r\n");  // C-SES-3
  EXPECT_EQ(status(used), "200");
  EXPECT_THAT(listed, HasSubstr(exit_of("t-1")));  // C-SES-5
  EXPECT_EQ(status(ask("DELETE", "/sessions/" + id, key())), "204");
  const std::string gone = ask("GET", "http://a.origin.test/t/t-2", key(), "X-Crawlera-Session: " + id + "\r\n");
  EXPECT_EQ(status(gone) + " " + field(gone, "X-Crawlera-Error"), "400 bad_session_id");  // C-SES-6
  EXPECT_EQ(status(ask("GET", "/sessions", "")), "401");
}

TEST_F(Plain, SessionsOfUserNamesAreListed) {
  start("helodata");
  ask("GET", "http://a.origin.test/t/t-1?size=10", japanese("job1"));
  const std::string listed = ask("GET", "/v1/residential/sessions", "", "Authorization: Bearer lab-token-one\r\n");
  EXPECT_THAT(listed, HasSubstr("\"session_id\":\"job1\""));
  EXPECT_THAT(listed, HasSubstr("\"exit_ip\":\"" + exit_of("t-1") + "\""));
  EXPECT_THAT(listed, HasSubstr("\"bytes_used\":10")) << "H-NOT-1";
}

TEST_F(Plain, AResetForgetsSessionsAndEndsWhatIsUnderWay) {
  start("crawlera", 1);
  ask("GET", "http://a.origin.test/t/t-1", key());
  TestClient held(bench, gateway->at());
  held.send(request("GET", "http://a.origin.test/t/t-2", key()));
  TestClient gated(bench, gateway->at());
  ASSERT_TRUE(wait_for_held(1));
  TestClient idle(bench, gateway->at());
  ASSERT_TRUE(idle.wait_connected());
  bench.settle();
  gateway->reset(7);
  EXPECT_TRUE(held.wait_for_end());
  EXPECT_TRUE(idle.wait_for_end());
  EXPECT_EQ(site->activity.held, 0U);
  EXPECT_EQ(site->activity.received, 2U) << "it does not go back";
  EXPECT_EQ(bench.clock.next_deadline(), sim::kNever);
  EXPECT_EQ(status(ask("GET", "http://a.origin.test/t/t-3", key())), "200") << "the slot is forgotten too";
}

}  // namespace
}  // namespace pinproof::conformance
