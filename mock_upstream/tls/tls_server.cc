#include "mock_upstream/tls/tls_server.h"

#include <openssl/ssl.h>

#include <exception>
#include <stdexcept>
#include <utility>

namespace pinproof::mock_upstream {

struct TlsServer::Inside {
  std::shared_ptr<LabCa> ca;
  std::string default_host;
  std::unique_ptr<SSL_CTX, OpensslFree> context{SSL_CTX_new(TLS_server_method())};

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
  SSL_CTX* context = inside_->context.get();
  if (context == nullptr) throw std::runtime_error("TLS: OpenSSL cannot make a context");
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_cert_cb(context, &Inside::choose_certificate, inside_.get());
}

TlsServer::~TlsServer() = default;

Task<std::shared_ptr<TlsStream>> TlsServer::accept(std::shared_ptr<Stream> over, IdleWatch::Duration within,
                                                   std::string already_read) {
  const std::shared_ptr<Inside> inside = inside_;
  auto stream = std::make_shared<TlsStream>(std::move(over), inside->context.get(), std::move(already_read));
  SSL_set_accept_state(stream->session());
  Connection& transport = stream->transport();
  transport.expire_within(within);
  const std::string why = co_await stream->handshake();
  transport.never_expire();
  if (why.empty()) co_return stream;
  transport.close();
  co_return nullptr;
}

}  // namespace pinproof::mock_upstream
