// The lab: mock residential exits, an origin and the reference gateway, each on real sockets, all on one io_context in one thread.
//
// For scenarios it is a target, lab_target.h. For whoever starts it as a program its APIs are served too: then it is a gateway in a box.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "conformance/gateway_server/gateway_server.h"
#include "conformance/history/history.h"
#include "conformance/lab/direct_controls.h"
#include "mock_upstream/contract/upstreams.h"

namespace pinproof::conformance {

struct LabOptions {
  sim::Rules rules;
  std::vector<sim::Exit> exits;  // their ports are chosen at the start
  std::uint64_t seed = 1;        // of the gateway's picks, the same as in a simulated world of that seed

  ClockKind clock = ClockKind::kControlled;  // or kWall
  double clock_scale = 1.0;                  // of a wall clock

  /// Ports at which it listens, on loopback; 0: any that is free.
  std::uint16_t gateway_port = 0;
  std::uint16_t gateway_encrypted_port = 0;
  std::uint16_t exits_port = 0;
  std::uint16_t origin_port = 0;
  std::uint16_t origin_encrypted_port = 0;
  std::uint16_t gateway_api_port = 0;
  std::uint16_t upstreams_api_port = 0;

  /// False: exits and origin only, for a gateway that somebody else starts.
  bool gateway = true;

  /// TLS with a CA made at the start: the origin's, the gateway's own, and inside tunnels where the rules read there.
  bool encrypted = true;
  /// What callers of the contracts have to say. Empty: they are not served.
  std::string api_token;
};

class Lab {
 public:
  Lab(mock_upstream::asio::io_context& io, LabOptions options, mock_upstream::Report report);
  ~Lab();
  Lab(const Lab&) = delete;
  Lab& operator=(const Lab&) = delete;

  /// Everything listens from now on; what hinders it, or nothing. Throws where OpenSSL cannot make a key.
  std::optional<std::string> start();
  /// Both clocks to zero, where they are controlled and nothing is set on them any more: for a new scenario, behind a reset of both.
  void rewind();
  /// Ends everything; afterwards the io_context runs out of work.
  void stop();

  // From start() on; what is the gateway's, where there is one.
  GatewayServer& gateway() { return *gateway_; }
  mock_upstream::Upstreams& upstreams() { return *upstreams_; }
  ClockControl& gateway_control() { return *gateway_control_; }
  UpstreamControl& upstream_control() { return *upstream_control_; }
  /// With the port at which they listen.
  const std::vector<sim::Exit>& exits() { return upstreams_->exits().list(); }
  /// Null when nothing is encrypted.
  const std::shared_ptr<mock_upstream::LabCa>& ca() const { return upstreams_->ca(); }
  /// Where the gateway's clock contract is served, POST /reset beside it; port 0 without a token.
  mock_upstream::Endpoint gateway_api() const;

 private:
  struct Machine;  // a clock and a site of its own

  std::optional<std::string> start_gateway();
  std::optional<std::string> start_gateway_api();
  mock_upstream::ApiAnswer drop(const std::string& body);

  LabOptions options_;
  std::unique_ptr<Machine> gateway_machine_;
  std::unique_ptr<Machine> upstreams_machine_;
  std::optional<mock_upstream::Upstreams> upstreams_;
  std::optional<GatewayServer> gateway_;
  std::optional<mock_upstream::ApiServer> gateway_api_;
  std::optional<DirectClock> gateway_control_;
  std::optional<DirectUpstreams> upstream_control_;
};

}  // namespace pinproof::conformance
