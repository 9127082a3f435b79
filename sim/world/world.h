// The simulated world: clients' connections, the reference gateway, the residential pool and the origin, joined by one event queue
// on virtual time. The gateway and the pool never meet but here, through values.
//
// A pure function of (options, calls): same calls, same events, byte for byte. Nothing is slower than the options say; by default
// the network takes no time at all, so that an instant at a client is the instant at the gateway.
//
// What happens at one instant happens in this order: changes of the pool, then the gateway's deadlines, then whatever arrives
// anywhere, in the order in which it was sent. So an exit that comes back at 12:00 serves what arrives at 12:00, and a window that
// ends then is over for it. It is the order in which the lab moves its clocks.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/exit.h"
#include "sim/core/time.h"
#include "sim/gateway/gateway.h"
#include "sim/http/message.h"
#include "sim/pool/pool.h"

namespace pinproof::sim {

class Trace;

/// A client's TCP connection to the gateway, and one request with its answer on it.
enum class ClientConnection : std::uint64_t {};
enum class ExchangeId : std::uint64_t {};

struct Latencies {  // one way
  Duration client_to_gateway{};
  Duration gateway_to_exit{};
  Duration exit_to_origin{};
};

struct WorldOptions {
  Rules rules = {};
  std::vector<Exit> exits = {};
  std::uint64_t seed = 1;
  Latencies latencies = {};
  std::vector<ScheduledExitEvent> schedule = {};
  std::optional<Duration> mean_exit_lifetime =
      std::nullopt;                                      // seeded churn: each exit drops after an exponential lifetime
  Duration mean_exit_absence = std::chrono::minutes(1);  // and comes back after an exponential absence
  std::uint64_t events_max = 50'000'000;                 // a run that wants more is cut off: a loop, not a scenario
  Trace* trace = nullptr;  // is told every event, where somebody wants to read them; outlives the world
};

/// A body without Content-Length or Transfer-Encoding gets the former. With an open tunnel everything goes inside it, in the form in
/// which an origin reads it, with a path for a target; a request that is meant for a tunnel and finds none ends as kClosed.
struct ClientRequest {
  RequestHead head;
  std::string body;
  bool inside_tunnel = false;  // sent through the CONNECT that this connection has open
};

/// How an exchange ended at the client.
enum class ExchangeEnd : std::uint8_t {
  kComplete,  // the whole answer came
  kCut,       // the connection closed inside the answer
  kClosed,    // the connection closed with no answer
};

struct AnswerBody {
  std::uint64_t bytes = 0;
  std::string text;          // the first kBodyKept bytes
  std::uint64_t digest = 0;  // of all bytes that came
};
inline constexpr std::size_t kBodyKept =
    1U << 20U;  // a listing of 5,000 sessions is whole; the digest vouches for the rest

/// What an exit saw of the gateway.
enum class ExitSight : std::uint8_t {
  kRefused,    // nobody listened: the gateway's connection failed
  kForwarded,  // a request, or a CONNECT, came
  kAnswered,   // its answer went back, or began to where it is gated; a tunnel opened
  kFailed,     // a request came and got the exit's own 502
  kReset,      // the exit reset the connection before it was through
  kClosed,     // the gateway closed it, or a tunnel came to its end
};

std::string_view to_string(ExitSight sight);

struct ExitSighting {
  ExitId exit;
  ExitSight sight;
  std::string method;
  std::string host;   // of the request target
  std::string token;  // of the URL, or of the CONNECT host's first label; empty when there is none
  std::uint32_t attempt = 0;
};

struct OriginSighting {
  ExitId from;
  RequestHead head;  // as it arrived; for what came through a tunnel, the client's own
  std::string token;
  std::uint64_t body_bytes = 0;
  std::uint64_t body_digest = 0;
};

/// Told of everything that can be seen from outside, at the instant it happens. What it is told is its own to keep.
class WorldObserver {
 public:
  virtual ~WorldObserver() = default;
  virtual void on_answer_head(ExchangeId exchange, ResponseHead head, Instant now) = 0;
  virtual void on_exchange_end(ExchangeId exchange, ExchangeEnd end, AnswerBody body, Instant now) = 0;
  virtual void on_exit_sighting(ExitSighting sighting, Instant now) = 0;
  virtual void on_origin_sighting(OriginSighting sighting, Instant now) = 0;
  /// The gateway, or an origin through a tunnel, has closed a connection; the end of what was under way on it has been told. This is
  /// how the loss of an idle tunnel is seen.
  virtual void on_connection_closed(ClientConnection, Instant) {}
};

class World {
 public:
  World(WorldOptions options, WorldObserver& observer);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  Instant now() const;

  ClientConnection open();
  /// Closes from the client's side; an exchange under way is abandoned and ends as kClosed.
  void close(ClientConnection connection);
  bool is_open(ClientConnection connection) const;

  /// Sends a request. One exchange at a time on a connection: a second one waits its turn, as with pipelining.
  /// CONNECT that succeeds leaves a tunnel, whose end is the origin (or the gateway, where it intercepts); its exchange is complete with
  /// the 200. On a connection that is closed the exchange ends as kClosed.
  ExchangeId send(ClientConnection connection, ClientRequest request);

  /// Acts on an exit now.
  void act(const ExitEvent& event);
  bool is_up(ExitId exit) const;

  /// Lets the origin go on with an answer that its URL told it to gate (see origin.h), now or when it comes to it.
  void release(std::string_view token);

  /// Runs the next event; false when none is left, or exhausted(). Instants between events are never visited.
  bool step();
  /// When the next event is; kNever when there is none.
  Instant next_event() const;
  /// Runs every event up to and including `until`, and stands there, unless exhausted().
  void run_until(Instant until);
  /// True once events_max events have run: nothing more will.
  bool exhausted() const;

  const Gateway& gateway() const;
  std::uint64_t events() const;

 private:
  class Network;
  std::unique_ptr<Network> network_;
};

}  // namespace pinproof::sim
