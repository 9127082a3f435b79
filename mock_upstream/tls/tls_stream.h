// TLS over any stream: a connection, or a tunnel inside another TLS stream. Made by TlsServer and TlsClient, which choose certificates
// and whom to trust; here are only the bytes.
//
// One coroutine may read while another writes, as with every stream. What the transport beneath has for a deadline holds for both.
#pragma once

#include <openssl/types.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "mock_upstream/net/connection.h"
#include "mock_upstream/net/wakeup.h"

namespace pinproof::mock_upstream {

struct OpensslSessionFree {
  void operator()(SSL* session) const;
};

class TlsStream final : public Stream {
 public:
  /// `already_read`: bytes of the peer's that were read from `under` before. Throws std::runtime_error when OpenSSL cannot.
  TlsStream(std::shared_ptr<Stream> under, SSL_CTX* context, std::string already_read);
  ~TlsStream() override;
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  /// As a server or a client, whichever `session()` was set up for. Empty when it stands; else why it does not, in words: what is
  /// wrong with the peer's certificate, what the peer said was wrong, or that it spoke no TLS.
  Task<std::string> handshake();

  Task<IoResult> read_some(std::span<char> into) override;
  Task<IoResult> write(std::string_view bytes) override;
  /// None: what is encrypted has to be sent, and the transport may not take it at once.
  std::size_t write_now(std::string_view) override { return 0; }
  /// Says farewell, and closes the sending half beneath.
  Task<> close_sending() override;
  Connection& transport() override { return under_->transport(); }

  /// JA3 of the hello that a client sent to here, as its MD5 in hexadecimal: the form in which lists of them are kept. Empty for a
  /// client's own end.
  const std::string& client_fingerprint() const { return fingerprint_; }

  SSL* session() { return session_.get(); }

 private:
  struct Bio;
  Task<Error> fill();
  Task<Error> flush();
  std::string reason(const Error& transport_error) const;
  static void on_message(int written, int version, int content_type, const void* bytes, std::size_t size, SSL* session,
                         void* self);

  std::shared_ptr<Stream> under_;
  std::unique_ptr<SSL, OpensslSessionFree> session_;
  std::string fingerprint_;

  std::string in_;  // from the peer, encrypted: [in_begin_, in_end_) is not yet taken
  std::size_t in_begin_ = 0;
  std::size_t in_end_ = 0;
  std::string out_;  // for the peer, encrypted
  bool flushing_ = false;
  std::vector<Wakeup*> waiting_to_flush_;
  Error write_error_;  // once one failed, none may follow: the peer would miss bytes
};

}  // namespace pinproof::mock_upstream
