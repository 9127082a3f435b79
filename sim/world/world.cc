#include "sim/world/world.h"

#include <algorithm>
#include <utility>

#include "sim/world/network.h"

namespace pinproof::sim {

World::Network::Network(WorldOptions options, WorldObserver& observer)
    : options_(std::move(options)),
      observer_(observer),
      pool_(options_.exits),
      gateway_(std::move(options_.rules), std::move(options_.exits), Random(options_.seed).split("gateway").bits()),
      live_(pool_.exits().size()) {
  for (const ScheduledExitEvent& scheduled : options_.schedule) pool_.schedule(scheduled);
  if (options_.mean_exit_lifetime) {
    const ChurnRates rates{*options_.mean_exit_lifetime, options_.mean_exit_absence};
    pool_.begin_churn(Churn(pool_.exits().size(), rates, Random(options_.seed)));
  }
}

void World::Network::act(const ExitEvent& event) {
  const ExitChange change = pool_.apply(event, now_);
  narrate("exit {} {}", index_of(change.exit), to_string(change.action));
  if (change.connections_reset) reset_connections(change.exit);
}

void World::Network::advance_pool() {
  const auto change = pool_.advance_to(now_);
  if (!change) return;
  narrate("exit {} {} of itself", index_of(change->exit), to_string(change->action));
  if (change->connections_reset) reset_connections(change->exit);
}

Instant World::Network::next_event() const {
  const Instant arrival = queue_.empty() ? kNever : queue_.next_time();
  const Instant next = std::min({pool_.next_change(), gateway_.next_deadline(), arrival});
  return std::max(next, now_);
}

bool World::Network::step() {
  const Instant next = next_event();
  if (next == kNever || exhausted()) return false;
  now_ = next;
  ++events_;
  if (pool_.next_change() <= now_) {
    advance_pool();
  } else if (gateway_.next_deadline() <= now_) {
    narrate("gateway-deadline");
    gateway_.advance(now_, effects_);
    apply_effects();
  } else {
    WorldEvent event;
    queue_.pop(event);
    dispatch(event);
  }
  return true;
}

void World::Network::run_until(Instant until) {
  while (next_event() <= until && step()) {
  }
  if (!exhausted()) now_ = std::max(now_, until);
}

void World::Network::dispatch(const WorldEvent& event) {
  narrate("{} {}.{}", to_string(event.kind), event.index, event.generation);
  switch (event.kind) {
    case EventKind::kConnectAtGateway:
    case EventKind::kCloseAtGateway:
    case EventKind::kCloseAtClient:
      return dispatch(event.kind, Handle<Connection>{event.index, event.generation});
    case EventKind::kUnsent:
    case EventKind::kRequestAtGateway:
    case EventKind::kHeadAtClient:
    case EventKind::kEndAtClient:
    case EventKind::kTunnelRequestAtExit:
    case EventKind::kTunnelRequestAtOrigin:
    case EventKind::kTunnelAnswerAtExit:
    case EventKind::kTunnelRestAtExit:
      return dispatch(event.kind, Handle<Exchange>{event.index, event.generation});
    default:
      return dispatch(event, Handle<Leg>{event.index, event.generation});
  }
}

// What an event is about may be over by now: then nothing arrives.

void World::Network::dispatch(EventKind kind, Handle<Connection> connection) {
  if (connections_.find(connection) == nullptr) return;
  if (kind == EventKind::kConnectAtGateway) return connect_at_gateway(connection);
  if (kind == EventKind::kCloseAtGateway) return close_at_gateway(connection);
  close_at_client(connection);
}

void World::Network::dispatch(EventKind kind, Handle<Exchange> exchange) {
  const Exchange* found = exchanges_.find(exchange);
  if (found == nullptr || (found->client_done && kind != EventKind::kRequestAtGateway)) return;
  switch (kind) {
    case EventKind::kUnsent:
      return end(exchange, ExchangeEnd::kClosed);
    case EventKind::kRequestAtGateway:
      return request_at_gateway(exchange);
    case EventKind::kHeadAtClient:
      return head_at_client(exchange);
    case EventKind::kEndAtClient:
      return end_at_client(exchange);
    case EventKind::kTunnelRequestAtExit:
      return tunnel_request_at_exit(exchange);
    case EventKind::kTunnelRequestAtOrigin:
      return tunnel_request_at_origin(exchange);
    case EventKind::kTunnelAnswerAtExit:
      return tunnel_answer_at_exit(exchange);
    case EventKind::kTunnelRestAtExit:
      return tunnel_rest_at_exit(exchange);
    default:
      PINPROOF_CHECK(false, "{} is not about an exchange", to_string(kind));
  }
}

void World::Network::dispatch(const WorldEvent& event, Handle<Leg> leg) {
  if (legs_.find(leg) == nullptr) return;
  switch (event.kind) {
    case EventKind::kForwardAtExit:
      return forward_at_exit(leg);
    case EventKind::kRequestAtOrigin:
      return request_at_origin(leg);
    case EventKind::kAnswerAtExit:
      return answer_at_exit(leg);
    case EventKind::kRestAtExit:
      return rest_at_exit(leg);
    case EventKind::kCancelAtExit:
      return cancel_at_exit(leg);
    case EventKind::kAnswerAtGateway:
      return answer_at_gateway(leg);
    case EventKind::kRestAtGateway:
      return rest_at_gateway(leg);
    case EventKind::kFailureAtGateway:
      return failure_at_gateway(leg, event.failure);
    case EventKind::kTunnelEndAtGateway:
      return tunnel_end_at_gateway(leg);
    default:
      PINPROOF_CHECK(false, "{} is not about a leg", to_string(event.kind));
  }
}

World::World(WorldOptions options, WorldObserver& observer)
    : network_(std::make_unique<Network>(std::move(options), observer)) {}
World::~World() = default;

Instant World::now() const { return network_->now(); }
ClientConnection World::open() { return network_->open(); }
void World::close(ClientConnection connection) { network_->close(connection); }
bool World::is_open(ClientConnection connection) const { return network_->is_open(connection); }
ExchangeId World::send(ClientConnection connection, ClientRequest request) {
  return network_->send(connection, std::move(request));
}
void World::act(const ExitEvent& event) { network_->act(event); }
bool World::is_up(ExitId exit) const { return network_->is_up(exit); }
void World::release(std::string_view token) { network_->release(token); }
bool World::step() { return network_->step(); }
Instant World::next_event() const { return network_->next_event(); }
void World::run_until(Instant until) { network_->run_until(until); }
bool World::exhausted() const { return network_->exhausted(); }
const Gateway& World::gateway() const { return network_->gateway(); }
std::uint64_t World::events() const { return network_->events(); }

}  // namespace pinproof::sim
