// The client's side of TLS, over a connection or inside a tunnel over any stream: whom it trusts, and what it says when it does not.
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "mock_upstream/tls/lab_ca.h"
#include "mock_upstream/tls/tls_stream.h"

namespace pinproof::mock_upstream {

struct TlsTrust {
  enum class Kind : std::uint8_t {
    kGiven,    // the authorities in `pem`, and no other
    kSystem,   // those of this system, and those in `pem`
    kNothing,  // the peer's certificate is not looked at
  };
  Kind kind = Kind::kGiven;
  std::string pem;  // certificates, one after the other
};

class TlsClient {
 public:
  /// What is wrong with the trust, in words: no certificate in its text, or one that cannot be read.
  static std::variant<std::shared_ptr<TlsClient>, std::string> make(const TlsTrust& trust);

  struct Result {
    std::shared_ptr<TlsStream> stream;  // null when it failed
    std::string complaint;  // then why, in words, without the host: "the certificate is refused: hostname mismatch"
  };

  /// The handshake with a server that calls itself `host`, a name or an address, over a stream of which `already_read` was read before.
  /// It has `within`, as the transport's deadline, which is none afterwards. When it fails the transport is closed.
  Task<Result> connect(std::shared_ptr<Stream> over, std::string host, IdleWatch::Duration within,
                       std::string already_read = {});

 private:
  explicit TlsClient(TlsTrust::Kind kind);

  std::unique_ptr<SSL_CTX, OpensslFree> context_;
};

}  // namespace pinproof::mock_upstream
