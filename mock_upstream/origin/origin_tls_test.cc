#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "mock_upstream/origin/origin.h"
#include "mock_upstream/testing/bench_testing.h"

namespace pinproof::mock_upstream {
namespace {

struct TlsAnswer {
  Error error;
  std::string text;
  bool done = false;
};

// A client that trusts `ca` alone, and asks once.
Task<> ask(TestBench* bench, Endpoint to, std::string ca, std::string host, std::shared_ptr<TlsAnswer> answer) {
  Connection connection(Socket(bench->io.get_executor()), bench->site->idle);
  asio::ssl::context context(asio::ssl::context::tls_client);
  context.add_certificate_authority(asio::buffer(ca));
  context.set_verify_mode(asio::ssl::verify_peer);
  asio::ssl::stream<Socket&> stream(connection.socket(), context);
  // The macro for it has a cast that this project's warnings refuse.
  SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data());
  stream.set_verify_callback(asio::ssl::host_name_verification(host));
  answer->error = co_await connection.connect(to, asio::ip::make_address_v4("127.20.0.9"));
  if (!answer->error) {
    std::tie(answer->error) = co_await stream.async_handshake(asio::ssl::stream_base::client, kAsValues);
  }
  if (!answer->error) {
    const std::string request = "GET /t/t-1?size=30000 HTTP/1.1\r\nConnection: close\r\n\r\n";
    const auto [error, written] = co_await asio::async_write(stream, asio::buffer(request), kAsValues);
    answer->error = error;
  }
  std::string buffer(4096, '\0');
  while (!answer->error) {
    const auto [error, read] = co_await stream.async_read_some(asio::buffer(buffer), kAsValues);
    answer->text.append(buffer, 0, read);
    answer->error = error;
  }
  answer->done = true;
}

class EncryptedOrigin : public testing::Test {
 protected:
  void SetUp() override {
    OriginOptions options;
    options.tls = std::make_shared<TlsServer>(ca, "origin.test");
    origin.emplace(bench.site, options);
    ASSERT_EQ(origin->start(), std::nullopt);
  }
  void TearDown() override { origin->stop(); }
  TlsAnswer asked(const std::string& trusted, const std::string& host) {
    auto answer = std::make_shared<TlsAnswer>();
    bench.site->tasks->start("a test's client", ask(&bench, origin->https(), trusted, host, answer));
    bench.run_until([&] { return answer->done; }, "the answer");
    return *answer;
  }

  TestBench bench;
  std::shared_ptr<LabCa> ca = std::make_shared<LabCa>();
  std::optional<Origin> origin;
};

TEST_F(EncryptedOrigin, AnswersToEveryNameAndNotesTheHello) {
  const TlsAnswer first = asked(ca->certificate_pem(), "t-1.a.origin.test");
  EXPECT_EQ(first.error, asio::error::eof) << first.error.message();
  EXPECT_TRUE(first.text.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_EQ(first.text.size() - first.text.find("\r\n\r\n") - 4, 30'000U);
  const TlsAnswer second = asked(ca->certificate_pem(), "b.origin.test");
  EXPECT_TRUE(second.text.starts_with("HTTP/1.1 200 OK\r\n"));
  ASSERT_EQ(bench.site->journal.entries().size(), 2U);
  const auto& saw = std::get<OriginSaw>(bench.site->journal.entries()[0].saw);
  EXPECT_EQ(saw.from, "127.20.0.9");
  EXPECT_EQ(saw.tls_fingerprint.size(), 32U);
  EXPECT_EQ(saw.tls_fingerprint, std::get<OriginSaw>(bench.site->journal.entries()[1].saw).tls_fingerprint)
      << "the same client with another host";
}

TEST_F(EncryptedOrigin, IsNotTrustedByWhoTrustsAnotherLab) {
  const TlsAnswer answer = asked(LabCa().certificate_pem(), "a.origin.test");
  EXPECT_NE(answer.error, Error());
  EXPECT_EQ(answer.text, "");
  EXPECT_TRUE(bench.site->journal.entries().empty());
}

TEST_F(EncryptedOrigin, EndsAConnectionThatSpeaksNoTls) {
  TestClient client(bench, origin->https());
  client.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(client.wait_for_end());
}

}  // namespace
}  // namespace pinproof::mock_upstream
