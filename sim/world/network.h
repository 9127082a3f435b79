// The inside of the world: what happens where and when. Only the world's own sources include this.
//
// The network is cut by place, one source each: the client's side, the gateway's, the exits' and origin's, tunnels. Everything that
// moves between two places is an event, even where the way takes no time; what happens at one place happens at once.
#pragma once

#include <fmt/format.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/event_queue.h"
#include "sim/core/lookup_table.h"
#include "sim/pool/pool.h"
#include "sim/world/records.h"
#include "sim/world/trace.h"
#include "sim/world/world.h"

namespace pinproof::sim {

class World::Network {
 public:
  Network(WorldOptions options, WorldObserver& observer);

  ClientConnection open();
  void close(ClientConnection connection);
  bool is_open(ClientConnection connection);
  ExchangeId send(ClientConnection connection, ClientRequest request);

  void act(const ExitEvent& event);
  bool is_up(ExitId exit) const { return pool_.is_up(exit); }
  void release(std::string_view token);

  bool step();
  Instant next_event() const;
  void run_until(Instant until);
  bool exhausted() const { return events_ >= options_.events_max; }

  Instant now() const { return now_; }
  const Gateway& gateway() const { return gateway_; }
  std::uint64_t events() const { return events_; }

 private:
  /// The live connections through an exit, in the order in which they came.
  struct LiveLegs {
    Handle<Leg> first;
    Handle<Leg> last;
  };

  /// An answer that stands at its gate: a leg's, or that of an exchange inside a tunnel.
  struct GatedAnswer {
    std::string token;
    Handle<Leg> leg;
    Handle<Exchange> exchange;
  };

  // world.cc: time, and what comes of itself
  template <typename T>
  void push(Duration later, EventKind kind, Handle<T> about, AttemptFailure failure = AttemptFailure::kRefused) {
    queue_.push(now_ + later, {kind, failure, about.index, about.generation});
  }
  void advance_pool();
  void dispatch(const WorldEvent& event);
  void dispatch(EventKind kind, Handle<Connection> connection);
  void dispatch(EventKind kind, Handle<Exchange> exchange);
  void dispatch(const WorldEvent& event, Handle<Leg> leg);

  // client_side.cc
  void start(Handle<Exchange> handle);
  void head_at_client(Handle<Exchange> handle);
  void end_at_client(Handle<Exchange> handle);
  void close_at_client(Handle<Connection> handle);
  void end(Handle<Exchange> handle, ExchangeEnd end);
  void start_next(Connection& connection);
  void release_if_done(Handle<Exchange> handle);
  void release_if_done(Handle<Connection> handle);

  // gateway_side.cc
  void connect_at_gateway(Handle<Connection> handle);
  void close_at_gateway(Handle<Connection> handle);
  void request_at_gateway(Handle<Exchange> handle);
  void answer_at_gateway(Handle<Leg> handle);
  void rest_at_gateway(Handle<Leg> handle);
  void failure_at_gateway(Handle<Leg> handle, AttemptFailure failure);
  void close_from_gateway(Handle<Connection> handle);
  void finish(Handle<Exchange> handle, std::uint64_t bytes_up, std::uint64_t bytes_down);
  void forget(Handle<Exchange> handle);
  void give_up(Exchange& exchange);
  void send_to_client(Handle<Exchange> handle, bool whole);
  void apply_effects();
  void apply(const Forward& effect);
  void apply(Reply& effect);
  void apply(const Relay& effect);
  void apply(const Intercept& effect);
  void apply(const Abort& effect);
  void apply(const Cancel& effect);
  Handle<Exchange> exchange_of(RequestId request) const;

  // exit_side.cc
  void forward_at_exit(Handle<Leg> handle);
  void fail(Leg& leg) const;
  void request_at_origin(Handle<Leg> handle);
  void answer_at_exit(Handle<Leg> handle);
  void rest_at_exit(Handle<Leg> handle);
  void cancel_at_exit(Handle<Leg> handle);
  void reset_connections(ExitId exit);
  void link(Handle<Leg> handle);
  void unlink(Handle<Leg> handle);
  bool is_gated(const OriginAnswer& answer, std::string_view token) const;
  void tell_exit_sighting(const Leg& leg, ExitSight sight);
  void tell_origin_sighting(ExitId from, RequestHead head, std::string_view token, std::string_view body);

  // tunnel.cc
  void open_tunnel(Handle<Exchange> handle, Handle<Leg> leg);
  Handle<Leg> live_tunnel(const Exchange& exchange);
  void tunnel_request_at_exit(Handle<Exchange> handle);
  void tunnel_request_at_origin(Handle<Exchange> handle);
  void tunnel_answer_at_exit(Handle<Exchange> handle);
  void tunnel_rest_at_exit(Handle<Exchange> handle);
  void close_tunnel_at_exit(Handle<Leg> handle);
  void tunnel_end_at_gateway(Handle<Leg> handle);

  /// A line of the trace, where there is one.
  template <typename... Args>
  void narrate(fmt::format_string<Args...> format, Args&&... args) {
    if (options_.trace != nullptr) options_.trace->add(now_, events_, fmt::format(format, std::forward<Args>(args)...));
  }

  WorldOptions options_;  // its rules and exits have gone to the gateway
  WorldObserver& observer_;
  Pool pool_;
  Gateway gateway_;
  EventQueue<WorldEvent> queue_;
  Instant now_ = kStart;
  std::uint64_t events_ = 0;
  std::uint64_t exchanges_sent_ = 0;

  Slab<Connection> connections_;
  Slab<Exchange> exchanges_;
  Slab<Leg> legs_;
  LookupTable<std::uint64_t, Handle<Exchange>> requests_;  // the gateway's name of a request
  std::vector<LiveLegs> live_;                             // by exit
  std::vector<GatedAnswer> gated_;
  std::set<std::string, std::less<>> released_;
  Effects effects_;
};

/// True when a Connection field lists "close" (RFC 9112, 9.6).
bool asks_to_close(const Headers& headers);

/// Names for the trace.
std::string_view to_string(EventKind kind);
std::string_view to_string(ExchangeEnd end);
std::string_view to_string(AttemptFailure failure);
std::string describe(const Effect& effect);
std::string describe(const Headers& headers);

}  // namespace pinproof::sim

/// So that the text is made where there is a trace, and nowhere else.
template <>
struct fmt::formatter<pinproof::sim::Headers> : formatter<std::string> {
  auto format(const pinproof::sim::Headers& headers, format_context& context) const {
    return formatter<std::string>::format(pinproof::sim::describe(headers), context);
  }
};
