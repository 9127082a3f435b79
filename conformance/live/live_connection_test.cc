#include "conformance/live/live_connection.h"

#include <gtest/gtest.h>

#include <variant>

#include "conformance/live/hostile_server_testing.h"
#include "mock_upstream/testing/bench_testing.h"

namespace pinproof::conformance {
namespace {

using mock_upstream::LabCa;
using mock_upstream::TestBench;
using mock_upstream::TlsClient;
using mock_upstream::TlsServer;
using mock_upstream::TlsTrust;
using Then = HostileDeed::Then;

/// What was told, in words: "sent 1", "head 1 200", "complete 1 5".
class Told final : public LiveConnectionEvents {
 public:
  void on_sent(std::uint64_t id) override { all.push_back("sent " + std::to_string(id)); }
  void on_head(std::uint64_t id, const sim::ResponseHead& head) override {
    all.push_back("head " + std::to_string(id) + " " + std::to_string(head.status));
  }
  void on_end(std::uint64_t id, const LiveEnd& end) override {
    static constexpr const char* kEnds[] = {"complete", "cut", "closed"};
    all.push_back(std::string(kEnds[static_cast<int>(end.wire.end)]) + " " + std::to_string(id) + " " +
                  std::to_string(end.wire.bytes));
    why = end.wire.why;
    ++ended;
  }
  std::vector<std::string> all;
  std::string why;
  std::size_t ended = 0;
};

LiveRequest get(std::uint64_t id) {
  LiveRequest request;
  request.id = id;
  request.wire.head.target = "http://a.test/";
  return request;
}

LiveRequest connect(std::uint64_t id, const std::string& encrypted_for) {
  LiveRequest request;
  request.id = id;
  request.wire.head.method = "CONNECT";
  request.wire.head.target = "a.test:443";
  request.tunnel_encrypted = !encrypted_for.empty();
  request.tunnel_host = encrypted_for;
  return request;
}

using Words = std::vector<std::string>;

class Connections : public testing::Test {
 protected:
  std::shared_ptr<LiveConnection> open(const mock_upstream::Endpoint& at, const std::string& encrypted_for = {}) {
    LiveEndpoint to;
    to.at = at;
    to.encrypted = !encrypted_for.empty();
    to.host = encrypted_for;
    return LiveConnection::open(site, to, told);
  }
  void trust(const LabCa& ca) {
    TlsTrust trust;
    trust.pem = ca.certificate_pem();
    site->tls = std::get<std::shared_ptr<TlsClient>>(TlsClient::make(trust));
  }
  void run_to_end(std::size_t ends = 1) {
    ASSERT_TRUE(bench.run_until([&] { return told.ended >= ends; }, "the end"));
  }
  void TearDown() override {
    site->idle.expire_all();
    EXPECT_TRUE(bench.run_until([&] { return site->tasks.running() == 0; }, "the connections' end"));
    EXPECT_EQ(site->queued, 0U);
  }

  TestBench bench;
  std::shared_ptr<LiveSite> site =
      std::make_shared<LiveSite>(bench.io.get_executor(), [](std::string_view what) { ADD_FAILURE() << what; });
  Told told;
};

TEST_F(Connections, RequestsGoOneAfterTheOther) {
  HostileServer server(bench.io.get_executor(), bench.site->idle, *bench.site->tasks,
                       {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", Then::kStays, true, nullptr});
  const auto connection = open(server.at());
  connection->send(get(1));
  connection->send(get(2));
  run_to_end(2);
  EXPECT_EQ(told.all, (Words{"sent 1", "head 1 200", "complete 1 2", "sent 2", "head 2 200", "complete 2 2"}));
  EXPECT_TRUE(connection->is_open());
  connection->close();
  EXPECT_FALSE(connection->is_open());
  connection->send(get(3));
  run_to_end(3);
  EXPECT_EQ(told.all.back(), "closed 3 0");
  EXPECT_EQ(told.why, "closed by the client");
}

TEST_F(Connections, WhateverAPeerDoesIsAnEnd) {
  struct Case {
    const char* name;
    HostileDeed deed;
    Words told;
    std::string why;
  };
  const Case cases[] = {
      {"closes", {"", Then::kCloses, true, nullptr}, {"sent 1", "closed 1 0"}, "closed without an answer"},
      {"resets",
       {"", Then::kResets, true, nullptr},
       {"sent 1", "closed 1 0"},
       "the connection broke: Connection reset by peer"},
      {"garbage",
       {"what? \x01\r\n\r\n", Then::kStays, true, nullptr},
       {"sent 1", "closed 1 0"},
       "the answer is no HTTP: bad version"},
      {"half a head",
       {"HTTP/1.1 200 OK\r\nA: b", Then::kCloses, true, nullptr},
       {"sent 1", "closed 1 0"},
       "closed inside the head of the answer"},
      {"half a body",
       {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", Then::kCloses, true, nullptr},
       {"sent 1", "head 1 200", "cut 1 4"},
       "closed inside the body of the answer"},
      {"a reset in the body",
       {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", Then::kResets, true, nullptr},
       {"sent 1", "head 1 200", "cut 1 4"},
       "the connection broke: Connection reset by peer"},
      {"a head of 100 MB",
       {"X: " + std::string(8000, 'x') + "\r\n", Then::kGoesOn, true, nullptr},
       {"sent 1", "closed 1 0"},
       "the answer is no HTTP: bad version"},
      {"a head of 100 MB that begins well",
       {"HTTP/1.1 200 OK\r\nX: " + std::string(80'000, 'x'), Then::kGoesOn, true, nullptr},
       {"sent 1", "closed 1 0"},
       "the head of the answer is too large"},
      {"more than was asked for",
       {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n", Then::kStays, true, nullptr},
       {"sent 1", "head 1 200", "complete 1 2"},
       ""},
  };
  for (const Case& one : cases) {
    told = Told();
    HostileServer server(bench.io.get_executor(), bench.site->idle, *bench.site->tasks, one.deed);
    const auto connection = open(server.at());
    connection->send(get(1));
    run_to_end();
    EXPECT_EQ(told.all, one.told) << one.name;
    EXPECT_EQ(told.why, one.why) << one.name;
    bench.settle();
    EXPECT_FALSE(connection->is_open()) << one.name;
  }
}

TEST_F(Connections, NobodyListens) {
  mock_upstream::Endpoint nobody;
  {
    HostileServer server(bench.io.get_executor(), bench.site->idle, *bench.site->tasks, {});
    nobody = server.at();
    server.stop();
  }
  const auto connection = open(nobody);
  connection->send(get(1));
  connection->send(get(2));
  run_to_end(2);
  EXPECT_EQ(told.all, (Words{"closed 1 0", "closed 2 0"}));
  EXPECT_EQ(connection->why(), "cannot connect: Connection refused");
}

TEST_F(Connections, WhatIsForgottenTellsNothing) {
  HostileServer server(bench.io.get_executor(), bench.site->idle, *bench.site->tasks, {});
  const auto connection = open(server.at());
  connection->send(get(1));
  bench.settle();
  EXPECT_EQ(told.all, (Words{"sent 1"}));
  connection->forget();
  bench.settle();
  EXPECT_EQ(told.all, (Words{"sent 1"}));
}

TEST_F(Connections, APeerThatClosesAnIdleConnectionIsNoticed) {
  HostileDeed deed{"", Then::kCloses, false, nullptr};
  HostileServer server(bench.io.get_executor(), bench.site->idle, *bench.site->tasks, deed);
  const auto connection = open(server.at());
  bench.settle();
  EXPECT_FALSE(connection->is_open());
  EXPECT_EQ(connection->why(), "closed by the peer");
}

TEST_F(Connections, TlsToTheProxyIsTrustedOrRefusedWithTheReason) {
  const auto ca = std::make_shared<LabCa>();
  trust(*ca);
  const auto server_of = [&](std::shared_ptr<LabCa> signs, const std::string& host) {
    HostileDeed deed{"HTTP/1.1 204 No Content\r\n\r\n", Then::kStays, true, nullptr};
    deed.encrypts = std::make_shared<TlsServer>(std::move(signs), host);
    return std::make_unique<HostileServer>(bench.io.get_executor(), bench.site->idle, *bench.site->tasks, deed);
  };
  const auto right = server_of(ca, "gateway.test");
  auto connection = open(right->at(), "gateway.test:8443");
  connection->send(get(1));
  run_to_end();
  EXPECT_EQ(told.all, (Words{"sent 1", "head 1 204", "complete 1 0"}));

  told = Told();
  const auto stranger = server_of(std::make_shared<LabCa>(), "gateway.test");
  connection = open(stranger->at(), "gateway.test:8443");
  connection->send(get(1));
  run_to_end();
  EXPECT_EQ(told.all, (Words{"closed 1 0"}));
  EXPECT_EQ(told.why, "TLS: the certificate is refused: unable to get local issuer certificate");

  told = Told();
  HostileServer plain(bench.io.get_executor(), bench.site->idle, *bench.site->tasks,
                      {"HTTP/1.1 400 Bad Request\r\n\r\n", Then::kStays, true, nullptr});
  connection = open(plain.at(), "gateway.test:8443");
  connection->send(get(1));
  run_to_end();
  EXPECT_EQ(told.all, (Words{"closed 1 0"}));
  EXPECT_EQ(told.why.substr(0, 5), "TLS: ") << told.why;
}

TEST_F(Connections, ATunnelThatIsClosedInItsMiddleIsAnEnd) {
  HostileServer server(bench.io.get_executor(), bench.site->idle, *bench.site->tasks,
                       {"HTTP/1.1 200 OK\r\n\r\n", Then::kCloses, true, nullptr});
  auto connection = open(server.at());
  connection->send(connect(1, ""));
  LiveRequest inner = get(2);
  inner.wire.inside_tunnel = true;
  connection->send(inner);
  run_to_end(2);
  EXPECT_EQ(told.all, (Words{"sent 1", "head 1 200", "complete 1 0", "sent 2", "closed 2 0"}));

  told = Told();
  const auto ca = std::make_shared<LabCa>();
  trust(*ca);
  connection = open(server.at());
  connection->send(connect(1, "a.test"));
  connection->send(inner);
  run_to_end(2);
  EXPECT_EQ(told.all, (Words{"sent 1", "head 1 200", "complete 1 0", "closed 2 0"}));
  EXPECT_EQ(told.why.substr(0, 5), "TLS: ") << told.why;
}

}  // namespace
}  // namespace pinproof::conformance
