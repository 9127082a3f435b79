#include "mock_upstream/tls/tls_client.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <boost/asio/ip/address.hpp>
#include <stdexcept>
#include <utility>

namespace pinproof::mock_upstream {
namespace {

struct BioFree {
  void operator()(BIO* bio) const { BIO_free(bio); }
};

// What is wrong with the text, or nothing: every certificate in it is trusted from now on.
std::string add_authorities(SSL_CTX* context, const std::string& pem) {
  const std::unique_ptr<BIO, BioFree> text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  int count = 0;
  ERR_clear_error();
  while (const Certificate certificate{PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr)}) {
    if (X509_STORE_add_cert(store, certificate.get()) != 1) return "a certificate that OpenSSL refuses";
    ++count;
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!at_end) return "certificate number " + std::to_string(count + 1) + " cannot be read";
  return count > 0 ? "" : "no PEM certificate in it";
}

// The peer has to have a certificate of this name or address; a name is also told to it, so that it can choose one.
bool expect_host(SSL* session, const std::string& host) {
  X509_VERIFY_PARAM* wanted = SSL_get0_param(session);
  boost::system::error_code no_address;
  boost::asio::ip::make_address(host, no_address);
  if (!no_address) return X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) == 1;
  X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  // The macro for the last has a cast that this project's warnings refuse.
  std::string name = host;
  return !host.empty() && X509_VERIFY_PARAM_set1_host(wanted, host.data(), host.size()) == 1 &&
         SSL_ctrl(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data()) == 1;
}

}  // namespace

TlsClient::TlsClient(TlsTrust::Kind kind) : context_(SSL_CTX_new(TLS_client_method())) {
  if (!context_) throw std::runtime_error("TLS: OpenSSL cannot make a context");
  SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context_.get(), SSL_OP_NO_RENEGOTIATION);
  const bool verified = kind != TlsTrust::Kind::kNothing;
  SSL_CTX_set_verify(context_.get(), verified ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
}

std::variant<std::shared_ptr<TlsClient>, std::string> TlsClient::make(const TlsTrust& trust) {
  std::shared_ptr<TlsClient> client(new TlsClient(trust.kind));
  if (trust.kind == TlsTrust::Kind::kNothing) return client;
  if (trust.kind == TlsTrust::Kind::kSystem && SSL_CTX_set_default_verify_paths(client->context_.get()) != 1) {
    return "this system's certificate authorities cannot be read";
  }
  if (trust.kind == TlsTrust::Kind::kSystem && trust.pem.empty()) return client;
  if (std::string complaint = add_authorities(client->context_.get(), trust.pem); !complaint.empty()) return complaint;
  return client;
}

Task<TlsClient::Result> TlsClient::connect(std::shared_ptr<Stream> over, std::string host, IdleWatch::Duration within,
                                           std::string already_read) {
  auto stream = std::make_shared<TlsStream>(std::move(over), context_.get(), std::move(already_read));
  SSL_set_connect_state(stream->session());
  Connection& transport = stream->transport();
  Result result;
  if (expect_host(stream->session(), host)) {
    transport.expire_within(within);
    result.complaint = co_await stream->handshake();
    transport.never_expire();
    if (transport.timed_out()) result.complaint = "no handshake in time";
  } else {
    result.complaint = "not a host that a certificate can name";
  }
  if (result.complaint.empty()) {
    result.stream = std::move(stream);
  } else {
    transport.close();
  }
  co_return result;
}

}  // namespace pinproof::mock_upstream
