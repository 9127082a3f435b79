// The reference gateway as a real proxy server: the same model as in the simulator (sim/gateway), driven by sockets. It decides nothing
// itself but what is a matter of bytes: limits, time-outs of silent peers, what it may forward to.
//
// Everything runs on the site's executor, in one thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mock_upstream/site/site.h"
#include "mock_upstream/tls/lab_ca.h"
#include "mock_upstream/tls/tls_client.h"
#include "mock_upstream/wire/message_stream.h"
#include "mock_upstream/wire/relay.h"
#include "sim/core/exit.h"
#include "sim/gateway/gateway.h"

namespace pinproof::conformance {

struct GatewayServerOptions {
  sim::Rules rules;
  std::vector<sim::Exit> exits;  // its parent proxies, with the ports at which they listen
  std::uint64_t seed = 1;

  mock_upstream::Endpoint at{mock_upstream::asio::ip::address_v4::loopback(), 0};
  /// Where it speaks TLS to clients; only with a CA.
  mock_upstream::Endpoint encrypted_at{mock_upstream::asio::ip::address_v4::loopback(), 0};
  /// Signs for whatever host a tunnel is read inside of, and for the encrypted port. Null: no encrypted port, and a dialect that reads
  /// inside tunnels cannot do so for encrypted ones.
  std::shared_ptr<mock_upstream::LabCa> ca;

  /// It forwards to hosts under these domains only, on any port; so that it is never an open proxy by accident.
  std::vector<std::string> allowed_domains = {"origin.test"};
  bool allow_all = false;

  /// Whom it believes to be the origin of an https URL; absent: whoever has a certificate of `ca`.
  std::optional<mock_upstream::TlsTrust> origin_trust;

  /// Told of each request that an exit's closed listener refused, which nobody else can see. Null: nobody is.
  std::function<void(sim::ExitId exit, const sim::RequestHead& request)> on_refused;

  mock_upstream::WireLimits wire;
  mock_upstream::TunnelLimits tunnel;
  mock_upstream::IdleWatch::Duration handshake_time_max = std::chrono::seconds(30);
  std::size_t connections_max = 8192;  // from clients; more are reset

  /// Connections to exits that are kept for a next request, over all exits; one more is closed after its answer. Zero: none is.
  std::size_t exit_connections_kept_max = 1024;
  /// Less than what an exit has patience for, so that it is never the exit that ends an idle one: that would look like its loss.
  mock_upstream::IdleWatch::Duration exit_connection_idle_max = std::chrono::minutes(1);
  /// Of a request's body, for another attempt. A request with more that has gone out is not tried again.
  std::size_t body_kept_max = 64UL << 10U;
  /// What is read and thrown away of a body that nobody wants, so that its connection can be kept.
  std::size_t body_drained_max = 1UL << 20U;
};

class GatewayServer {
 public:
  GatewayServer(std::shared_ptr<mock_upstream::Site> site, GatewayServerOptions options);
  ~GatewayServer();
  GatewayServer(const GatewayServer&) = delete;
  GatewayServer& operator=(const GatewayServer&) = delete;

  /// Listens from now on; what hinders it, or nothing.
  std::optional<std::string> start();
  /// Accepts no more. Connections under way go on: Site::idle ends them all.
  void stop();

  /// As new: no sessions, picks of `seed`; connections of clients and requests under way are ended. The clock goes on.
  void reset(std::uint64_t seed);

  const mock_upstream::Endpoint& at() const;
  /// Port 0 without a CA.
  const mock_upstream::Endpoint& encrypted_at() const;

  /// For the clock contract; the site's activity says the same. A request that was refused before the model heard of it was received
  /// too. A reset does not turn `received` back.
  sim::GatewayCounters counters() const;

  /// The exit of a live session, by the user name that says it or the id that was issued for it; nothing when there is none.
  std::optional<sim::ExitId> exit_of_session(std::string_view name) const;

 private:
  class Inside;
  std::shared_ptr<Inside> inside_;
};

}  // namespace pinproof::conformance
