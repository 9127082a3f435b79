// The residential exits on real sockets: each an HTTP proxy on a loopback address of its own, which leaves from that address, so that the
// origin sees another source for every exit.
//
// What is wrong with an exit, and for how long, is the simulator's own model (sim/pool). Here its words become true: a dropped exit's
// listener is closed and its connections are reset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_upstream/site/site.h"
#include "mock_upstream/wire/message_stream.h"
#include "mock_upstream/wire/relay.h"
#include "sim/pool/pool.h"

namespace pinproof::mock_upstream {

struct ExitsOptions {
  std::vector<sim::Exit> exits;  // their ports are overwritten
  std::uint16_t port = 0;        // one for all; 0: any that is free on every address
  Endpoint origin_http;
  Endpoint origin_https;               // port 0: there is none
  std::string domain = "origin.test";  // every name under it is the origin; nothing else is forwarded to
  WireLimits wire;
  TunnelLimits tunnel;
  std::size_t connections_max = 8192;  // from gateways, over all exits; more are reset
  /// Connections to the origin that are kept for the next request on the same connection from a gateway. One more is closed after its
  /// answer: with five thousand exits, files run short before anything else does.
  std::size_t origin_connections_kept_max = 1024;
};

/// Files that are open when each of the exits is in use once.
std::uint64_t open_files_of(const ExitsOptions& options);

class ExitPool;

class Exits {
 public:
  Exits(std::shared_ptr<Site> site, ExitsOptions options);
  ~Exits();
  Exits(const Exits&) = delete;
  Exits& operator=(const Exits&) = delete;

  /// All listen from now on; what hinders it, or nothing.
  std::optional<std::string> start();
  /// All listeners close. Connections under way go on: Site::idle ends them all.
  void stop();

  /// With the port at which they listen.
  const std::vector<sim::Exit>& list() const;
  std::optional<sim::ExitId> find(std::string_view address) const;
  bool is_up(sim::ExitId exit) const;

  /// Now. A drop counts no requests, since nobody is there to count them: `count` has no effect on it.
  void act(const sim::ExitEvent& event);
  /// At an instant that is not past.
  void schedule(const sim::ScheduledExitEvent& scheduled);
  /// Every exit up, nothing scheduled, requests under way reset. Idle connections stay.
  void reset();

 private:
  std::shared_ptr<ExitPool> pool_;
};

}  // namespace pinproof::mock_upstream
