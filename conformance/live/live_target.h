// Any gateway on real sockets as a target: the lab's, or one that a profile describes. What the simulated target does with its world,
// this does with connections; the way a request is made and what is noted of its answer is the same code (request_flight.h).
//
// Time is one of two kinds. On a controlled clock nothing happens but what the harness lets happen: it waits until every request is
// answered or held on purpose, and then moves the clocks to their next deadline. On the wall clock it waits, as anybody would.
//
// All of it runs on one io_context in one thread, and runs that io_context while it waits: a call must not come from inside of it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/live/controls.h"
#include "conformance/live/live_site.h"
#include "conformance/live/live_timeline.h"
#include "conformance/target/api_flight.h"
#include "conformance/target/credentials.h"
#include "conformance/target/target.h"

namespace pinproof::conformance {

/// How the exit that served a request is found where our own origin is not what requests go to: every one of them goes to this URL, and
/// the answer's body says which address it came from.
struct ExitEcho {
  std::string host;  // "ip.example"
  std::string path;  // "/json"
  bool encrypted = false;
  /// The address in the body; nothing where it is not there.
  std::function<std::optional<std::string>(std::string_view body)> read;
};

struct LiveTargetOptions {
  TargetDescription description;
  LiveEndpoint gateway;
  std::optional<LiveEndpoint> api_at;  // nothing: at the gateway itself
  ApiDialect api;
  std::vector<AccountSecrets> accounts;
  std::shared_ptr<mock_upstream::TlsClient> tls;  // null: nothing encrypted is asked for
  std::optional<ExitEcho> echo;

  /// The gateway reads requests inside of tunnels, so that they are among those that it counts.
  bool reads_inside_tunnels = false;
  /// Everything that the target consists of runs on the same io_context: then it is known when nothing moves any more, and what is sent
  /// together arrives in the order in which it was sent.
  bool in_process = false;

  /// On the wall clock, and not to annoy whoever runs the gateway.
  std::optional<double> requests_per_second_max;
  std::optional<std::size_t> in_flight_max;

  /// Called by a reset once nothing is under way any more: sets clocks back to zero, where that can be done. Null: they go on.
  std::function<void()> rewind;

  /// How long a gateway that cannot count is given to come as far as it can.
  std::chrono::milliseconds settling{200};
  /// On a controlled clock, of the wall clock: a request that is neither answered nor held after so long never will be. Longer than
  /// connecting may take, and than an interpreter on a busy machine.
  std::chrono::milliseconds stuck_after{20'000};
  /// Once true, a call that waits throws TargetLost("interrupted"); null: it waits to its end.
  const std::atomic<bool>* stop = nullptr;
  /// Told of what should not have happened, a line each; null: nobody is.
  std::function<void(std::string_view)> report;
};

class LiveTarget : public Target {
 public:
  /// The controls outlive the target, and may be null where there are none: a controlled clock needs the gateway's, and what is done to
  /// exits needs the upstreams'.
  LiveTarget(LiveTargetOptions options, mock_upstream::asio::io_context& io, ClockControl* gateway,
             UpstreamControl* upstreams);
  ~LiveTarget() override;

  /// What hinders a client from connecting to the gateway, TLS included where that is spoken; nothing where it can.
  std::optional<std::string> unreachable();

  const TargetDescription& description() const override;
  void reset(std::uint64_t seed) override;
  Instant now() const override;
  void submit(Stimulus stimulus) override;
  void submit(const ApiStimulus& stimulus) override;
  void wait_for(const std::vector<std::uint64_t>& ids) override;
  void wait_until(Instant until) override;
  void settle() override;
  void act(const sim::ExitEvent& event) override;
  void release(const std::string& token) override;
  void abandon(std::uint64_t id) override;
  void close(const std::string& actor, const ConnectionChoice& connection) override;
  void take(std::vector<Record>& records) override;
  void complete_journals() override;

 private:
  struct Inside;  // what outlives a reset
  class Session;  // from a reset to the next

  std::unique_ptr<Inside> inside_;
  std::unique_ptr<Session> session_;
};

}  // namespace pinproof::conformance
