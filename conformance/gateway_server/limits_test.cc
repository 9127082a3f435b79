// What a hostile or broken peer can do at either side, and that others go on untouched (G-3).
#include <gmock/gmock.h>

#include "conformance/gateway_server/gateway_server_testing.h"
#include "mock_upstream/net/listener.h"
#include "sim/gateway/rules_testing.h"

namespace pinproof::conformance {
namespace {

using mock_upstream::Connection;
using mock_upstream::Task;
using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

class Limits : public LiveGateway {
 protected:
  // Another client's request goes through.
  void expect_others_untouched() {
    EXPECT_EQ(status(ask("GET", "http://a.origin.test/t/t-other", japanese("other"))), "200");
  }
};

struct Malformed {
  const char* name;
  std::string bytes;
  const char* status;
};

TEST_F(Limits, WhatIsNoRequestIsRefusedAndTheConnectionEnds) {
  start("helodata");
  const std::vector<Malformed> cases = {
      {"no HTTP", "hello\r\n\r\n", "400"},
      {"a space in a name", "GET http://a.origin.test/ HTTP/1.1\r\nHo st: a\r\n\r\n", "400"},
      {"two lengths", "POST http://a.origin.test/t/t-1 HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
       "400"},
      {"a length and chunks",
       "POST http://a.origin.test/t/t-1 HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "400"},
      {"chunks and a length",
       "POST http://a.origin.test/t/t-1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
       "400"},
      {"a coding that is not chunked last",
       "POST http://a.origin.test/t/t-1 HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", "501"},
      {"a head over 64 KiB", "GET http://a.origin.test/ HTTP/1.1\r\nX: " + std::string(70'000, 'a') + "\r\n\r\n",
       "431"},
  };
  std::uint64_t received = 0;
  for (const Malformed& each : cases) {
    TestClient client(bench, gateway->at());
    client.send(each.bytes);
    ASSERT_TRUE(client.wait_for_end()) << each.name;
    EXPECT_EQ(status(client.received()), each.status) << each.name;
    EXPECT_EQ(field(client.received(), "Connection"), "close") << each.name;
    EXPECT_EQ(site->activity.received, ++received) << each.name;
  }
  EXPECT_EQ(bench.site->activity.received, 0U) << "nothing reached an exit";
  expect_others_untouched();
}

TEST_F(Limits, AHeadOfAHundredMegabytesIsNotRead) {
  start("helodata");
  TestClient client(bench, gateway->at());
  const std::string piece(1'000'000, 'a');
  client.send("GET http://a.origin.test/ HTTP/1.1\r\nX: ");
  std::size_t sent = 0;
  while (sent < 100 && client.try_send(piece)) ++sent;
  EXPECT_TRUE(client.wait_for_end());
  EXPECT_LT(sent, 100U);
  expect_others_untouched();
}

TEST_F(Limits, ASlowHeadAndASilentConnectionEnd) {
  GatewayServerOptions options;
  options.wire.head_time_max = 50ms;
  options.wire.idle_max = 50ms;
  start("helodata", 41, std::move(options));
  TestClient slow(bench, gateway->at());
  slow.send("GET http://a.or");
  TestClient silent(bench, gateway->at());
  ASSERT_TRUE(silent.wait_connected());
  EXPECT_TRUE(slow.wait_for_end());
  EXPECT_TRUE(silent.wait_for_end());
  EXPECT_EQ(site->activity.received, 0U);
  expect_others_untouched();
}

TEST_F(Limits, ABodyThatStopsEndsItsRequest) {
  GatewayServerOptions options;
  options.wire.body_idle_max = 50ms;
  start("helodata", 41, std::move(options));
  TestClient client(bench, gateway->at());
  client.send(request("POST", "http://a.origin.test/t/t-1", japanese("job1"), "Content-Length: 10\r\n") + "half");
  EXPECT_TRUE(client.wait_for_end());
  EXPECT_TRUE(bench.run_until([&] { return site->activity.active == 0; }, "the request's end"));
  EXPECT_EQ(exit_of("t-1"), "");
}

TEST_F(Limits, ABodyThatIsNoBodyEndsItsRequest) {
  start("helodata");
  TestClient client(bench, gateway->at());
  client.send(request("POST", "http://a.origin.test/t/t-1", japanese("job1"), "Transfer-Encoding: chunked\r\n") +
              "zz\r\nhello\r\n");
  EXPECT_TRUE(client.wait_for_end());
  EXPECT_TRUE(bench.run_until([&] { return site->activity.active == 0; }, "the request's end"));
  EXPECT_EQ(exit_of("t-1"), "");
}

TEST_F(Limits, ConnectionsOverTheLimitAreReset) {
  GatewayServerOptions options;
  options.connections_max = 2;
  start("helodata", 41, std::move(options));
  TestClient first(bench, gateway->at());
  TestClient second(bench, gateway->at());
  ASSERT_TRUE(first.wait_connected() && second.wait_connected());
  bench.settle();
  TestClient third(bench, gateway->at());
  ASSERT_TRUE(third.wait_for_end());
  EXPECT_TRUE(third.was_reset());
  first.close();
  bench.settle();
  expect_others_untouched();
}

TEST_F(Limits, ItIsNoOpenProxy) {
  start("helodata");
  TestClient client(bench, gateway->at());
  client.send(request("GET", "http://example.com/", japanese("job1")));
  ASSERT_TRUE(
      client.wait_for("this gateway does not forward to example.com: it is for hosts under origin.test only\n"));
  EXPECT_EQ(status(client.received()), "403");
  EXPECT_EQ(field(client.received(), "Connection"), "(none)");
  client.forget();
  client.send(request("CONNECT", "127.0.0.1:22", japanese("job1")));
  ASSERT_TRUE(client.wait_for("does not forward to 127.0.0.1"));
  EXPECT_EQ(bench.site->activity.received, 0U);
  EXPECT_EQ(site->activity.received, 2U);
  EXPECT_EQ(site->activity.active, 0U);
}

TEST_F(Limits, UnlessItIsTold) {
  GatewayServerOptions options;
  options.allowed_domains = {"elsewhere.test"};
  start("helodata", 41, options);
  EXPECT_EQ(status(ask("GET", "http://a.origin.test/", japanese("job1"))), "403");
  ask("GET", "http://a.elsewhere.test/t/t-1", japanese("job1"));
  EXPECT_THAT(journal(), ElementsAre(HasSubstr("forwarded t-1"), HasSubstr("failed t-1"))) << "by the exit, for itself";
  gateway.reset();
  options.allow_all = true;
  options.exits = upstreams->exits().list();
  options.rules = sim::shipped_rules("helodata");
  gateway.emplace(site, options);
  ASSERT_EQ(gateway->start(), std::nullopt);
  EXPECT_EQ(status(ask("GET", "http://a.origin.test/t/t-1", japanese("job1"))), "200");
}

TEST_F(Limits, ARefusedRequestsBodyIsReadAndItsConnectionKept) {
  start("helodata");
  TestClient client(bench, gateway->at());
  client.send(request("POST", "http://a.origin.test/", "", "Content-Length: 100000\r\n"));
  ASSERT_TRUE(client.wait_for("auth-failed\n"));
  client.send(std::string(100'000, 'x') + request("GET", "http://a.origin.test/t/t-1", japanese("job1")));
  EXPECT_TRUE(client.wait_for("t-1\n"));

  TestClient large(bench, gateway->at());
  large.send(request("POST", "http://a.origin.test/", "", "Content-Length: 100000000\r\n"));
  ASSERT_TRUE(large.wait_for("auth-failed\n"));
  EXPECT_EQ(field(large.received(), "Connection"), "close");
  ASSERT_TRUE(large.wait_for_end());
  TestClient waiting(bench, gateway->at());
  waiting.send(request("POST", "http://a.origin.test/", "", "Content-Length: 5\r\nExpect: 100-continue\r\n"));
  ASSERT_TRUE(waiting.wait_for("auth-failed\n"));
  EXPECT_EQ(field(waiting.received(), "Connection"), "close") << "the body may come or not";
}

// An exit that reads a request and says what a test wants, then closes; nothing said: it resets.
class WrittenExit {
 public:
  WrittenExit(mock_upstream::TestBench& bench, std::string says)
      : bench_(bench),
        listener_(
            bench.io.get_executor(),
            [this, says = std::move(says)](mock_upstream::Socket socket) {
              auto connection = std::make_shared<Connection>(std::move(socket), bench_.site->idle);
              bench_.site->tasks->start("an exit", say(std::move(connection), says));
            },
            [](std::string_view) {}) {
    EXPECT_EQ(listener_.open({mock_upstream::asio::ip::make_address_v4("127.20.0.1"), 0}), mock_upstream::Error());
  }

  std::uint16_t port() const { return listener_.local().port(); }

 private:
  static Task<> say(std::shared_ptr<Connection> connection, std::string says) {
    std::string buffer(4096, '\0');
    const std::span<char> room(buffer);
    co_await connection->read_some(room);
    if (says.empty()) co_return connection->reset();
    co_await connection->write(says);
    connection->close();
  }

  mock_upstream::TestBench& bench_;
  mock_upstream::Listener listener_;
};

struct ExitSays {
  const char* name;
  std::string bytes;
  const char* outcome;
};

TEST_F(Limits, WhatAnExitSaysIsUnderstoodOrAnError) {
  const std::vector<ExitSays> cases = {
      {"nothing", "", "502 exit-reset"},
      {"half a head", "HTTP/1.1 200 OK\r\nContent-Le", "502 exit-reset"},
      {"garbage", "\x01\x02\x03 what is this\r\n\r\n", "502 exit-failed"},
      {"a head over 64 KiB", "HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'a') + "\r\n\r\n", "502 exit-failed"},
      {"another protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "502 exit-failed"},
      {"two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "502 exit-failed"},
      {"an answer of two parts",
       "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "103 (none)"},
      {"an answer that ends with its connection", "HTTP/1.0 200 OK\r\n\r\nall of it", "200 (none)"},
  };
  for (const ExitSays& each : cases) {
    WrittenExit exit(bench, each.bytes);
    start_before("helodata", exit.port());
    const std::string answer = ask("GET", "http://a.origin.test/t/t-1",
                                   "helo_s1a2b3c4d5e-type-res-region-us-session-a-sesstime-5:lab-password-one");
    EXPECT_EQ(status(answer) + " " + field(answer, "X-Helodata-Error-Code"), each.outcome) << each.name;
    gateway.reset();
  }
}

TEST_F(Limits, AnAnswerOfUnknownLengthIsFramedForItsClient) {
  WrittenExit exit(bench, "HTTP/1.0 200 OK\r\n\r\nall of it");
  start_before("helodata", exit.port());
  const std::string user = "helo_s1a2b3c4d5e-type-res-region-us-session-a-sesstime-5:lab-password-one";
  TestClient client(bench, gateway->at());
  client.send(request("GET", "http://a.origin.test/", user));
  ASSERT_TRUE(client.wait_for("\r\n\r\n9\r\nall of it\r\n0\r\n\r\n"));
  EXPECT_EQ(field(client.received(), "Transfer-Encoding"), "chunked");
  std::string old = request("GET", "http://a.origin.test/", user);
  old.replace(old.find("HTTP/1.1"), 8, "HTTP/1.0");
  TestClient older(bench, gateway->at());
  older.send(old);
  ASSERT_TRUE(older.wait_for_end());
  EXPECT_EQ(field(older.received(), "Transfer-Encoding"), "(none)");
  EXPECT_EQ(field(older.received(), "Connection"), "close");
  EXPECT_TRUE(older.received().ends_with("\r\n\r\nall of it"));
}

}  // namespace
}  // namespace pinproof::conformance
