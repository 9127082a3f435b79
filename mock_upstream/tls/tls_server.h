// The server's side of TLS, with a certificate of the lab's CA for whatever host the client names.
#pragma once

#include <memory>
#include <string>

#include "mock_upstream/tls/lab_ca.h"
#include "mock_upstream/tls/tls_stream.h"

namespace pinproof::mock_upstream {

class TlsServer {
 public:
  /// `default_host` is whom a client that names nobody is taken to mean. Throws like LabCa.
  TlsServer(std::shared_ptr<LabCa> ca, std::string default_host);
  ~TlsServer();
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  /// The handshake over a connection, or inside a tunnel over any stream of which `already_read` was read before. It has `within`, as
  /// the transport's deadline, which is none afterwards. Null when it fails, and then the transport is closed.
  Task<std::shared_ptr<TlsStream>> accept(std::shared_ptr<Stream> over, IdleWatch::Duration within,
                                          std::string already_read = {});

 private:
  struct Inside;
  std::shared_ptr<Inside> inside_;
};

}  // namespace pinproof::mock_upstream
