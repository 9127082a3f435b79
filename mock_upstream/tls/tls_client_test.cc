#include "mock_upstream/tls/tls_client.h"

#include <gtest/gtest.h>

#include "mock_upstream/net/listener.h"
#include "mock_upstream/testing/bench_testing.h"
#include "mock_upstream/tls/tls_server.h"

namespace pinproof::mock_upstream {
namespace {

using std::chrono::seconds;

// What is read from a stream until it ends.
struct Reading {
  std::string text;
  Error error;
  bool ended = false;
};

Task<> read_all(std::shared_ptr<Stream> stream, std::shared_ptr<Reading> reading) {
  std::string buffer(5'000, '\0');
  while (!reading->error) {
    const auto [error, read] = co_await stream->read_some(std::span<char>(buffer.data(), buffer.size()));
    reading->text.append(buffer, 0, read);
    reading->error = error;
  }
  reading->ended = true;
}

Task<> write_all(std::shared_ptr<Stream> stream, std::string text, std::shared_ptr<bool> written) {
  const auto [error, count] = co_await stream->write(text);
  *written = !error && count == text.size();
  co_await stream->close_sending();
}

class TlsPair : public testing::Test {
 protected:
  struct Handshakes {
    TlsClient::Result client;
    std::shared_ptr<TlsStream> server;
    int ended = 0;
  };

  // Two ends of one connection.
  void connect() {
    server_end = nullptr;
    Listener listener(
        bench.io.get_executor(),
        [this](Socket socket) { server_end = std::make_shared<Connection>(std::move(socket), bench.site->idle); },
        [](std::string_view) {});
    ASSERT_EQ(listener.open(Endpoint(asio::ip::address_v4::loopback(), 0)), Error());
    client_end = std::make_shared<Connection>(Socket(bench.io.get_executor()), bench.site->idle);
    auto connected = std::make_shared<bool>(false);
    bench.site->tasks->start("a test's connect", connect_to(client_end, listener.local(), connected));
    ASSERT_TRUE(bench.run_until([&] { return *connected && server_end != nullptr; }, "a connection"));
  }
  static Task<> connect_to(std::shared_ptr<Connection> connection, Endpoint to, std::shared_ptr<bool> connected) {
    const Error error = co_await connection->connect(to, std::nullopt);
    *connected = !error;
  }

  static Task<> serve(TlsServer* server, std::shared_ptr<Stream> over, std::string already_read,
                      std::shared_ptr<Handshakes> both) {
    both->server = co_await server->accept(over, seconds(10), already_read);
    ++both->ended;
  }
  static Task<> ask(std::shared_ptr<TlsClient> client, std::shared_ptr<Stream> over, std::string host,
                    IdleWatch::Duration within, std::shared_ptr<Handshakes> both) {
    both->client = co_await client->connect(over, host, within);
    ++both->ended;
  }

  static std::shared_ptr<TlsClient> client_of(TlsTrust::Kind kind, const std::string& pem) {
    TlsTrust trust;
    trust.kind = kind;
    trust.pem = pem;
    return std::get<std::shared_ptr<TlsClient>>(TlsClient::make(trust));
  }
  std::shared_ptr<TlsClient> trusting() const { return client_of(TlsTrust::Kind::kGiven, ca->certificate_pem()); }

  std::shared_ptr<Handshakes> handshake(std::shared_ptr<TlsClient> client, const std::string& host,
                                        std::shared_ptr<Stream> client_over, std::shared_ptr<Stream> server_over) {
    auto both = std::make_shared<Handshakes>();
    bench.site->tasks->start("a test's server", serve(&server, server_over, std::string(), both));
    bench.site->tasks->start("a test's client", ask(client, client_over, host, seconds(10), both));
    bench.run_until([&] { return both->ended == 2; }, "both handshakes");
    return both;
  }
  std::shared_ptr<Handshakes> handshake(std::shared_ptr<TlsClient> client, const std::string& host) {
    connect();
    return handshake(std::move(client), host, client_end, server_end);
  }

  // A client whose peer says `bytes`, and closes or stays.
  std::string complaint_at(std::string_view bytes, bool closes, IdleWatch::Duration within = seconds(10)) {
    connect();
    server_end->write_now(bytes);
    Error ignored;
    if (closes) server_end->socket().shutdown(Socket::shutdown_send, ignored);
    auto both = std::make_shared<Handshakes>();
    bench.site->tasks->start("a test's client", ask(trusting(), client_end, "a.origin.test", within, both));
    bench.run_until([&] { return both->ended == 1; }, "the handshake");
    EXPECT_EQ(both->client.stream, nullptr);
    EXPECT_FALSE(client_end->is_open());
    return both->client.complaint;
  }

  TestBench bench;
  std::shared_ptr<LabCa> ca = std::make_shared<LabCa>();
  TlsServer server{ca, "origin.test"};
  std::shared_ptr<Connection> client_end;
  std::shared_ptr<Connection> server_end;
};

TEST_F(TlsPair, CarriesMuchBothWaysAtOnceAndEndsHalfByHalf) {
  const auto both = handshake(trusting(), "A.origin.test");
  ASSERT_NE(both->client.stream, nullptr) << both->client.complaint;
  ASSERT_NE(both->server, nullptr);
  const std::string up(1'000'000, 'u');
  const std::string down(1'500'000, 'd');
  auto up_read = std::make_shared<Reading>();
  auto down_read = std::make_shared<Reading>();
  auto up_written = std::make_shared<bool>(false);
  auto down_written = std::make_shared<bool>(false);
  bench.site->tasks->start("up", write_all(both->client.stream, up, up_written));
  bench.site->tasks->start("up's end", read_all(both->server, up_read));
  bench.site->tasks->start("down's end", read_all(both->client.stream, down_read));
  ASSERT_TRUE(bench.run_until([&] { return up_read->ended; }, "what goes up"));
  EXPECT_TRUE(*up_written);
  EXPECT_EQ(up_read->error, asio::error::eof);
  EXPECT_TRUE(up_read->text == up);
  EXPECT_FALSE(down_read->ended) << "the client has said all, and still listens";
  bench.site->tasks->start("down", write_all(both->server, down, down_written));
  ASSERT_TRUE(bench.run_until([&] { return down_read->ended; }, "what comes down"));
  EXPECT_EQ(down_read->error, asio::error::eof);
  EXPECT_TRUE(down_read->text == down);
}

TEST_F(TlsPair, ServerNotesTheClientsHello) {
  const auto both = handshake(trusting(), "a.origin.test");
  ASSERT_NE(both->server, nullptr);
  EXPECT_EQ(both->server->client_fingerprint().size(), 32U);
  EXPECT_EQ(both->client.stream->client_fingerprint(), "");
}

TEST_F(TlsPair, RefusesAnotherAuthority) {
  const auto both = handshake(client_of(TlsTrust::Kind::kGiven, LabCa().certificate_pem()), "a.origin.test");
  EXPECT_EQ(both->client.stream, nullptr);
  EXPECT_EQ(both->client.complaint, "the certificate is refused: unable to get local issuer certificate");
  EXPECT_EQ(both->server, nullptr) << "it was told by an alert";
  EXPECT_FALSE(client_end->is_open());
  EXPECT_FALSE(server_end->is_open());
}

TEST_F(TlsPair, RefusesACertificateOfAnotherHost) {
  // The server is asked for no name, since an address is none, and shows its default host's certificate.
  const auto both = handshake(trusting(), "127.0.0.1");
  EXPECT_EQ(both->client.stream, nullptr);
  EXPECT_EQ(both->client.complaint, "the certificate is refused: IP address mismatch");
}

TEST_F(TlsPair, TakesAnyCertificateWhenToldTo) {
  const auto both = handshake(client_of(TlsTrust::Kind::kNothing, ""), "127.0.0.1");
  EXPECT_NE(both->client.stream, nullptr) << both->client.complaint;
  EXPECT_NE(both->server, nullptr);
}

TEST_F(TlsPair, GoesThroughAnotherTlsStream) {
  const auto outer = handshake(trusting(), "proxy.origin.test");
  ASSERT_NE(outer->server, nullptr);
  const auto inner = handshake(trusting(), "t-1.origin.test", outer->client.stream, outer->server);
  ASSERT_NE(inner->client.stream, nullptr) << inner->client.complaint;
  ASSERT_NE(inner->server, nullptr);
  auto read = std::make_shared<Reading>();
  auto written = std::make_shared<bool>(false);
  bench.site->tasks->start("inside", write_all(inner->client.stream, std::string(100'000, 'x'), written));
  bench.site->tasks->start("inside's end", read_all(inner->server, read));
  ASSERT_TRUE(bench.run_until([&] { return read->ended; }, "what goes through"));
  EXPECT_TRUE(read->text == std::string(100'000, 'x'));
}

TEST_F(TlsPair, BeginsWithWhatWasReadBefore) {
  connect();
  auto both = std::make_shared<Handshakes>();
  bench.site->tasks->start("a test's client", ask(trusting(), client_end, "a.origin.test", seconds(10), both));
  std::string hello(100, '\0');
  std::size_t read = 0;
  const auto begun = [&] { return (read = server_end->socket().available()) >= hello.size(); };
  ASSERT_TRUE(bench.run_until(
      [&] {
        bench.io.poll_one();
        return begun();
      },
      "a hello's beginning"));
  ASSERT_EQ(server_end->socket().read_some(asio::buffer(hello)), hello.size());
  bench.site->tasks->start("a test's server", serve(&server, server_end, hello, both));
  ASSERT_TRUE(bench.run_until([&] { return both->ended == 2; }, "both handshakes"));
  EXPECT_NE(both->client.stream, nullptr) << both->client.complaint;
  EXPECT_NE(both->server, nullptr);
}

TEST_F(TlsPair, SaysWhatIsWrongWithAPeer) {
  EXPECT_EQ(complaint_at("HTTP/1.1 400 Bad Request\r\n\r\n", false), "wrong version number");
  EXPECT_EQ(complaint_at("", true), "the peer closed during the handshake");
  EXPECT_EQ(complaint_at("\x16\x03\x03", false, std::chrono::milliseconds(20)), "no handshake in time");
}

TEST(TlsClientTrust, IsRefusedInWords) {
  const auto complaint = [](const std::string& pem) {
    TlsTrust trust;
    trust.pem = pem;
    const auto made = TlsClient::make(trust);
    return std::holds_alternative<std::string>(made) ? std::get<std::string>(made) : "";
  };
  const std::string good = LabCa().certificate_pem();
  EXPECT_EQ(complaint(good), "");
  EXPECT_EQ(complaint(good + LabCa().certificate_pem()), "");
  EXPECT_EQ(complaint(""), "no PEM certificate in it");
  EXPECT_EQ(complaint("certificate\n"), "no PEM certificate in it");
  EXPECT_EQ(complaint(good + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
            "certificate number 2 cannot be read");
}

}  // namespace
}  // namespace pinproof::mock_upstream
