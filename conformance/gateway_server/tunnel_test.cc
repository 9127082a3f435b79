// CONNECT: tunnels through an exit, and those that the gateway reads itself.
#include <gmock/gmock.h>

#include "conformance/gateway_server/gateway_server_testing.h"
#include "mock_upstream/tls/tls_client.h"
#include "sim/gateway/rules_testing.h"

namespace pinproof::conformance {
namespace {

using mock_upstream::Connection;
using mock_upstream::Stream;
using mock_upstream::Task;
using mock_upstream::TlsClient;
using testing::HasSubstr;
using namespace std::chrono_literals;

class Tunnels : public LiveGateway {};

TEST_F(Tunnels, LeadThroughTheSessionsExit) {  // H-STK-2, H-PIN-8
  start("helodata");
  ask("GET", "http://a.origin.test/t/t-1", japanese("job1"));
  TestClient client(bench, gateway->at());
  client.send(request("CONNECT", "t-2.a.origin.test:80", japanese("job1")));
  ASSERT_TRUE(client.wait_for("\r\n\r\n"));
  EXPECT_EQ(status(client.received()), "200");
  EXPECT_EQ(field(client.received(), "Content-Length"), "(none)");
  EXPECT_EQ(site->activity.active, 0U) << "answered";
  client.forget();
  client.send("GET /t/t-2 HTTP/1.1\r\nProxy-Authorization: mine\r\n\r\n");
  ASSERT_TRUE(client.wait_for("t-2\n"));
  EXPECT_EQ(exit_of("t-2"), exit_of("t-1"));
  EXPECT_EQ(origin_saw("t-2")->headers.find("Proxy-Authorization"), "mine") << "what is inside passes unchanged";
  client.stop_sending();
  ASSERT_TRUE(client.wait_for_end());
  EXPECT_TRUE(client.closed());
  // Four bytes of the first answer's body, and what went through the tunnel: the request inside had 50.
  EXPECT_THAT(ask("GET", "/v1/residential/sessions", "", "Authorization: Bearer lab-token-one\r\n"),
              HasSubstr("\"bytes_used\":" + std::to_string(4 + 50 + client.received().size())));
}

TEST_F(Tunnels, EndWithTheirExit) {  // H-PIN-9
  start("helodata");
  TestClient client(bench, gateway->at());
  client.send(request("CONNECT", "t-1.a.origin.test:80", japanese("job1")));
  ASSERT_TRUE(client.wait_for("\r\n\r\n"));
  client.send("GET /t/t-1?size=900&gate=100 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(client.wait_for("Content-Length: 900\r\n"));
  act(sim::ExitAction::kDrop, exit_of("t-1"));
  ASSERT_TRUE(client.wait_for_end());
  const std::string after = ask("GET", "http://a.origin.test/t/t-2", japanese("job1"));
  EXPECT_EQ(field(after, "X-Helodata-Session-Repinned"), "true");
}

TEST_F(Tunnels, AreRefusedInWordsAndTheConnectionGoesOn) {
  start("helodata");
  act(sim::ExitAction::kDrop, "127.20.0.40");
  act(sim::ExitAction::kDrop, "127.20.0.41");
  TestClient client(bench, gateway->at());
  client.send(request("CONNECT", "a.origin.test:443", japanese("job1")));
  ASSERT_TRUE(client.wait_for("no-exit\n"));
  EXPECT_EQ(status(client.received()), "503");
  client.forget();
  client.send(request("CONNECT", "a.origin.test:443", ""));
  ASSERT_TRUE(client.wait_for("auth-failed\n"));
  EXPECT_EQ(status(client.received()), "407");
}

TEST_F(Tunnels, OfCrawleraAreReadAtTheGateway) {
  start("crawlera", 2);
  TestClient client(bench, gateway->at());
  client.send(request("CONNECT", "a.origin.test:80", key()));
  ASSERT_TRUE(client.wait_for("\r\n\r\n"));
  EXPECT_EQ(status(client.received()), "200");
  client.forget();
  client.send("GET /t/t-1 HTTP/1.1\r\nHost: a.origin.test\r\nX-Crawlera-Session: create\r\n\r\n");
  ASSERT_TRUE(client.wait_for("t-1\n"));
  const std::string session = field(client.received(), "X-Crawlera-Session");
  EXPECT_NE(session, "(none)") << "C-SES-1, by the CONNECT's credentials";
  EXPECT_EQ(origin_saw("t-1")->headers, (sim::Headers{{"Host", "a.origin.test"}}));
  client.forget();
  client.send("GET /t/t-2 HTTP/1.1\r\nX-Crawlera-Session: " + session + "\r\n\r\n");
  ASSERT_TRUE(wait_for_held(1));
  advance(12s);
  ASSERT_TRUE(client.wait_for("t-2\n"));
  EXPECT_EQ(exit_of("t-2"), exit_of("t-1"));
  EXPECT_EQ(site->activity.received, 3U);
}

TEST_F(Tunnels, InsideATunnelToo_NothingIsForwardedElsewhere) {
  start("crawlera", 2);
  TestClient client(bench, gateway->at());
  client.send(request("CONNECT", "a.origin.test:80", key()));
  ASSERT_TRUE(client.wait_for("\r\n\r\n"));
  client.send("GET http://elsewhere.test/ HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(client.wait_for("does not forward to elsewhere.test"));
  EXPECT_EQ(bench.site->activity.received, 0U);
}

struct Spoken {
  std::string complaint;
  std::string answer;
  bool done = false;
};

// Connects, says `first`, waits for a head, then speaks TLS with `host` and sends `then`; without a first word TLS is at once.
Task<> speak(std::shared_ptr<Connection> connection, std::shared_ptr<TlsClient> tls, mock_upstream::Endpoint to,
             std::string first, std::string host, std::string then, std::shared_ptr<Spoken> spoken) {
  std::string buffer(65536, '\0');
  const std::span<char> room(buffer);
  const mock_upstream::Error refused = co_await connection->connect(to, std::nullopt);
  spoken->complaint = refused ? refused.message() : std::string();
  if (!first.empty()) {
    co_await connection->write(first);
    std::string head;
    while (head.find("\r\n\r\n") == std::string::npos) {
      const auto [error, read] = co_await connection->read_some(room);
      if (error) break;
      head.append(buffer, 0, read);
    }
    spoken->answer = head;
  }
  const auto secured = co_await tls->connect(connection, host, 10s);
  spoken->complaint = secured.complaint;
  if (secured.stream) {
    co_await secured.stream->write(then);
    while (true) {
      const auto [error, read] = co_await secured.stream->read_some(room);
      if (error) break;
      spoken->answer.append(buffer, 0, read);
    }
  }
  connection->close();
  spoken->done = true;
}

class EncryptedTunnels : public LiveGateway {
 protected:
  EncryptedTunnels() { options.ca = ca; }

  Spoken spoken(const mock_upstream::Endpoint& to, std::string first, std::string host, std::string then,
                const std::string& trusted) {
    auto result = std::make_shared<Spoken>();
    mock_upstream::TlsTrust trust;
    trust.pem = trusted;
    const auto made = TlsClient::make(trust);
    auto connection = std::make_shared<Connection>(mock_upstream::Socket(bench.io.get_executor()), bench.site->idle);
    bench.site->tasks->start("a test's client", speak(connection, std::get<std::shared_ptr<TlsClient>>(made), to,
                                                      std::move(first), std::move(host), std::move(then), result));
    EXPECT_TRUE(bench.run_until([&] { return result->done; }, "a TLS client"));
    return *result;
  }

  std::shared_ptr<mock_upstream::LabCa> ca = std::make_shared<mock_upstream::LabCa>();
  GatewayServerOptions options;
};

constexpr std::string_view kInner = "GET /t/t-1?size=30000 HTTP/1.1\r\nHost: a.origin.test\r\nConnection: close\r\n";

TEST_F(EncryptedTunnels, AreReadUnderTheLabsCertificate) {
  start("crawlera", 1, options);
  const Spoken seen = spoken(gateway->at(), request("CONNECT", "a.origin.test:443", key()), "a.origin.test",
                             std::string(kInner) + "X-Crawlera-Session: create\r\n\r\n", ca->certificate_pem());
  EXPECT_EQ(seen.complaint, "");
  EXPECT_EQ(status(seen.answer), "200");
  const std::string inner = seen.answer.substr(seen.answer.find("\r\n\r\n") + 4);
  EXPECT_EQ(status(inner), "200");
  EXPECT_NE(field(inner, "X-Crawlera-Session"), "(none)");
  EXPECT_EQ(inner.size() - inner.find("\r\n\r\n") - 4, 30'000U);
  EXPECT_EQ(exit_of("t-1"), "127.20.0.1");
  ASSERT_NE(origin_saw("t-1"), nullptr);
  EXPECT_NE(origin_saw("t-1")->tls_fingerprint, "") << "the origin was spoken to in TLS";
  EXPECT_EQ(origin_saw("t-1")->headers, (sim::Headers{{"Host", "a.origin.test"}}));
  EXPECT_EQ(site->activity.received, 2U);
}

TEST_F(EncryptedTunnels, AnOriginThatIsNotBelievedIsAnError) {
  mock_upstream::TlsTrust nobody;
  nobody.pem = ca->certificate_pem();
  start("crawlera", 1, options);
  gateway.reset();
  options.origin_trust = nobody;
  options.exits = upstreams->exits().list();
  options.rules = sim::shipped_rules("crawlera");
  gateway.emplace(site, options);
  ASSERT_EQ(gateway->start(), std::nullopt);
  const std::string answer = ask("GET", "https://a.origin.test/t/t-1", key(), "X-Crawlera-Session: create\r\n");
  EXPECT_EQ(status(answer) + " " + field(answer, "X-Crawlera-Error"), "502 send_failed");
  EXPECT_EQ(exit_of("t-1"), "");
}

TEST_F(EncryptedTunnels, AnExitThatRefusesATunnelIsTheModelsConcern) {
  start("crawlera", 1, options);
  act(sim::ExitAction::kFail, "127.20.0.1", 1);
  const std::string answer = ask("GET", "https://a.origin.test/t/t-1", key(), "X-Crawlera-Session: create\r\n");
  EXPECT_EQ(status(answer) + " " + field(answer, "X-Crawlera-Error"), "502 send_failed");
}

TEST_F(EncryptedTunnels, OfHelodataPassUnread) {  // H-NOT-2
  start("helodata", 41, options);
  const Spoken seen = spoken(gateway->at(), request("CONNECT", "t-1.a.origin.test:443", japanese("job1")),
                             "t-1.a.origin.test", std::string(kInner) + "\r\n", upstreams->ca()->certificate_pem());
  EXPECT_EQ(seen.complaint, "") << "the origin's own certificate";
  EXPECT_THAT(seen.answer, HasSubstr("Content-Length: 30000"));
}

TEST_F(EncryptedTunnels, TheGatewayItselfIsReachedUnderTls) {
  start("helodata", 41, options);
  const std::string asked = request("GET", "http://a.origin.test/t/t-1", japanese("job1"), "Connection: close\r\n");
  const Spoken seen = spoken(gateway->encrypted_at(), {}, "127.0.0.1", asked, ca->certificate_pem());
  EXPECT_EQ(seen.complaint, "");
  EXPECT_EQ(status(seen.answer), "200");
  EXPECT_TRUE(seen.answer.ends_with("t-1\n"));
}

}  // namespace
}  // namespace pinproof::conformance
