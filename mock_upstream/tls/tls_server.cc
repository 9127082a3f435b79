#include "mock_upstream/tls/tls_server.h"

#include <openssl/evp.h>
#include <openssl/ssl.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <utility>

#include "mock_upstream/tls/ja3.h"

namespace pinproof::mock_upstream {
namespace {

constexpr auto kFarewellTime = std::chrono::seconds(2);

std::string md5_hex(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_md5(), nullptr) != 1) return {};
  std::string hex;
  for (unsigned i = 0; i < size; ++i) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    hex += kDigits[digest[i] >> 4U];
    hex += kDigits[digest[i] & 15U];
  }
  return hex;
}

class ServerStream final : public TlsStream {
 public:
  ServerStream(std::shared_ptr<Connection> connection, asio::ssl::context& context)
      : connection_(std::move(connection)), stream_(connection_->socket(), context) {
    SSL_set_msg_callback(stream_.native_handle(), &ServerStream::on_message);
    SSL_set_msg_callback_arg(stream_.native_handle(), this);
  }

  Task<Error> handshake() {
    const auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, kAsValues);
    SSL_set_msg_callback(stream_.native_handle(), nullptr);
    co_return error;
  }

  Task<IoResult> read_some(std::span<char> into) override {
    auto [error, read] = co_await stream_.async_read_some(asio::buffer(into.data(), into.size()), kAsValues);
    // Many clients just close. Where a message ends is said by its own framing.
    if (error == asio::ssl::error::stream_truncated) error = asio::error::eof;
    co_return IoResult(error, read);
  }
  Task<IoResult> write(std::string_view bytes) override {
    return asio::async_write(stream_, asio::buffer(bytes.data(), bytes.size()), kAsValues);
  }
  std::size_t write_now(std::string_view) override { return 0; }
  Task<> close_sending() override {
    connection_->expire_within(kFarewellTime);
    const auto [ignored] = co_await stream_.async_shutdown(kAsValues);
    static_cast<void>(ignored);
  }
  Connection& transport() override { return *connection_; }
  const std::string& client_fingerprint() const override { return fingerprint_; }

 private:
  // OpenSSL's own list of a hello's extensions leaves out those that it does not know; this is the hello as it came.
  static void on_message(int written, int, int content_type, const void* bytes, std::size_t size, SSL*, void* self) {
    auto& stream = *static_cast<ServerStream*>(self);
    if (written != 0 || content_type != SSL3_RT_HANDSHAKE || !stream.fingerprint_.empty()) return;
    const auto text = ja3_text({static_cast<const char*>(bytes), size});
    if (text) stream.fingerprint_ = md5_hex(*text);
  }

  std::shared_ptr<Connection> connection_;
  asio::ssl::stream<Socket&> stream_;
  std::string fingerprint_;
};

}  // namespace

struct TlsServer::Inside {
  std::shared_ptr<LabCa> ca;
  std::string default_host;
  asio::ssl::context context{asio::ssl::context::tls_server};

  // Asked for inside the handshake, once the client has named its host.
  static int choose_certificate(SSL* ssl, void* self) {
    auto& inside = *static_cast<Inside*>(self);
    const char* named = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    try {
      X509* certificate = inside.ca->issue(named == nullptr ? inside.default_host : std::string(named));
      return certificate != nullptr && SSL_use_certificate(ssl, certificate) == 1 &&
                     SSL_use_PrivateKey(ssl, inside.ca->server_key()) == 1
                 ? 1
                 : 0;
    } catch (const std::exception&) {
      return 0;  // the handshake fails; nothing may be thrown through OpenSSL
    }
  }
};

TlsServer::TlsServer(std::shared_ptr<LabCa> ca, std::string default_host) : inside_(std::make_shared<Inside>()) {
  inside_->ca = std::move(ca);
  inside_->default_host = std::move(default_host);
  SSL_CTX* context = inside_->context.native_handle();
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  // A peer that closes without a farewell is no error of the protocol here, see read_some.
  SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_cert_cb(context, &Inside::choose_certificate, inside_.get());
}

TlsServer::~TlsServer() = default;

Task<std::shared_ptr<TlsStream>> TlsServer::accept(std::shared_ptr<Connection> connection, IdleWatch::Duration within) {
  const std::shared_ptr<Inside> inside = inside_;
  auto stream = std::make_shared<ServerStream>(connection, inside->context);
  connection->expire_within(within);
  const Error error = co_await stream->handshake();
  connection->never_expire();
  if (!error) co_return stream;
  connection->close();
  co_return nullptr;
}

}  // namespace pinproof::mock_upstream
