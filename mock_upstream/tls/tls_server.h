// The server's side of TLS, with a certificate of the lab's CA for whatever host the client names.
#pragma once

#include <memory>
#include <string>

#include "mock_upstream/net/connection.h"
#include "mock_upstream/tls/lab_ca.h"

namespace pinproof::mock_upstream {

class TlsStream : public Stream {
 public:
  /// JA3 of the client's hello, as its MD5 in hexadecimal: the form in which lists of them are kept.
  virtual const std::string& client_fingerprint() const = 0;
};

class TlsServer {
 public:
  /// `default_host` is whom a client that names nobody is taken to mean. Throws like LabCa.
  TlsServer(std::shared_ptr<LabCa> ca, std::string default_host);
  ~TlsServer();
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  /// The handshake, which has `within`; null when it fails, and then the connection is closed.
  Task<std::shared_ptr<TlsStream>> accept(std::shared_ptr<Connection> connection, IdleWatch::Duration within);

 private:
  struct Inside;
  std::shared_ptr<Inside> inside_;
};

}  // namespace pinproof::mock_upstream
