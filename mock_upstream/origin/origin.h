// The origin: an HTTP and HTTPS server on loopback that answers as the URL says and notes what it saw. It answers to every name.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "mock_upstream/net/listener.h"
#include "mock_upstream/site/site.h"
#include "mock_upstream/tls/tls_server.h"
#include "mock_upstream/wire/message_stream.h"

namespace pinproof::mock_upstream {

struct OriginOptions {
  /// An exit that keeps a connection to the origin gives it up before the origin does.
  OriginOptions() { wire.idle_max = 2 * WireLimits().idle_max; }

  Endpoint http{asio::ip::address_v4::loopback(), 0};
  Endpoint https{asio::ip::address_v4::loopback(), 0};
  std::shared_ptr<TlsServer> tls;  // null: no HTTPS
  IdleWatch::Duration handshake_time_max = std::chrono::seconds(30);
  std::size_t connections_max = 8192;  // more are reset: five thousand exits with a tunnel each, and some
  WireLimits wire;
};

class Origin {
 public:
  Origin(std::shared_ptr<Site> site, OriginOptions options);

  /// Listens from now on; what hinders it, or nothing.
  std::optional<std::string> start();
  /// Accepts no more. Connections under way go on: Site::idle ends them all.
  void stop();

  /// Where it listens.
  const Endpoint& http() const { return http_.local(); }
  /// Port 0 without TLS.
  const Endpoint& https() const { return https_.local(); }

 private:
  void serve(Socket socket, bool encrypted);

  std::shared_ptr<Site> site_;
  OriginOptions options_;
  std::shared_ptr<std::uint64_t> connections_ = std::make_shared<std::uint64_t>(0);
  Listener http_;
  Listener https_;
};

}  // namespace pinproof::mock_upstream
