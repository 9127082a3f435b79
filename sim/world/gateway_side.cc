#include <charconv>
#include <utility>
#include <variant>

#include "sim/gateway/forwarding.h"
#include "sim/http/target.h"
#include "sim/world/network.h"

namespace pinproof::sim {
namespace {

// A request without either field has no body (RFC 9112, 6.3); of a chunked one the head does not say.
std::optional<std::uint64_t> body_bytes_said(const RequestHead& head) {
  if (head.headers.has("Transfer-Encoding")) return std::nullopt;
  const auto text = head.headers.find("Content-Length");
  if (!text) return 0;
  std::uint64_t bytes = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), bytes);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return bytes;
}

// Where a leg leads, and which request it is of.
void read_target(const RequestHead& head, Leg& leg) {
  const bool connect = head.method == "CONNECT";
  const auto target = connect ? parse_authority_form(head.target) : parse_absolute_form(head.target);
  if (target) leg.host = target->host;
  leg.token = connect ? token_of_connect_host(leg.host) : token_of_target(target ? target->path : head.target);
}

}  // namespace

void World::Network::connect_at_gateway(Handle<Connection> handle) { connections_[handle].id = gateway_.connect(); }

void World::Network::close_at_gateway(Handle<Connection> handle) {
  Connection& connection = connections_[handle];
  if (!connection.gateway_open) return;
  connection.gateway_open = false;
  const ConnectionId id = connection.id;
  const Handle<Exchange> active = connection.active;
  if (const Exchange* exchange = exchanges_.find(active)) {
    if (const Leg* tunnel = legs_.find(connection.tunnel)) {
      gateway_.finished(exchange->request, tunnel->tunnel_bytes_up, tunnel->tunnel_bytes_down, now_);
    } else {
      gateway_.client_gone(exchange->request, now_, effects_);
      apply_effects();
    }
  }
  if (Exchange* exchange = exchanges_.find(active)) {
    give_up(*exchange);
    forget(active);
  }
  gateway_.disconnect(id);
  release_if_done(handle);
}

void World::Network::request_at_gateway(Handle<Exchange> handle) {
  Exchange& exchange = exchanges_[handle];
  Connection* connection = connections_.find(exchange.connection);
  if (connection == nullptr || !connection->gateway_open) {
    exchange.gateway_done = true;
    return release_if_done(handle);
  }
  connection->active = handle;
  exchange.request = gateway_.request({.connection = connection->id,
                                       .head = exchange.head,
                                       .body_bytes = body_bytes_said(exchange.head),
                                       .inside_tunnel = exchange.inside_tunnel},
                                      now_, effects_);
  requests_.insert(static_cast<std::uint64_t>(exchange.request), handle);
  narrate("request {} is exchange {}", static_cast<std::uint64_t>(exchange.request),
          static_cast<std::uint64_t>(exchange.id));
  apply_effects();
}

void World::Network::answer_at_gateway(Handle<Leg> handle) {
  Leg& leg = legs_[handle];
  if (leg.given_up) {
    if (leg.stage == LegStage::kReturned) legs_.release(handle);
    return;
  }
  gateway_.answer(exchanges_[leg.exchange].request, leg.answer.head, now_, effects_);
  apply_effects();
}

void World::Network::rest_at_gateway(Handle<Leg> handle) {
  const Leg& leg = legs_[handle];
  if (leg.given_up) return legs_.release(handle);
  const Handle<Exchange> exchange = leg.exchange;
  finish(exchange, exchanges_[exchange].body.size(), exchanges_[exchange].answer_body.size());
}

void World::Network::failure_at_gateway(Handle<Leg> handle, AttemptFailure failure) {
  const Leg& leg = legs_[handle];
  const bool given_up = leg.given_up;
  const Handle<Exchange> owner = leg.exchange;
  legs_.release(handle);
  if (given_up) return;
  Exchange& exchange = exchanges_[owner];
  exchange.leg = {};
  narrate("attempt of request {} {}", static_cast<std::uint64_t>(exchange.request), to_string(failure));
  gateway_.attempt_failed(exchange.request, failure, now_, effects_);
  apply_effects();
}

void World::Network::close_from_gateway(Handle<Connection> handle) {
  Connection* connection = connections_.find(handle);
  if (connection == nullptr || !connection->gateway_open) return;
  connection->gateway_open = false;
  gateway_.disconnect(connection->id);
  push(options_.latencies.client_to_gateway, EventKind::kCloseAtClient, handle);
  release_if_done(handle);
}

// The exchange's answer has come to its end at the gateway.
void World::Network::finish(Handle<Exchange> handle, std::uint64_t bytes_up, std::uint64_t bytes_down) {
  Exchange& exchange = exchanges_[handle];
  gateway_.finished(exchange.request, bytes_up, bytes_down, now_);
  const Handle<Connection> connection = exchange.connection;
  const bool close = asks_to_close(exchange.head.headers);
  push(options_.latencies.client_to_gateway, EventKind::kEndAtClient, handle);
  give_up(exchange);
  forget(handle);
  if (close) close_from_gateway(connection);
}

// The gateway is through with the request.
void World::Network::forget(Handle<Exchange> handle) {
  Exchange& exchange = exchanges_[handle];
  requests_.erase(static_cast<std::uint64_t>(exchange.request));
  if (Connection* connection = connections_.find(exchange.connection);
      connection != nullptr && connection->active == handle) {
    connection->active = {};
    connection->tunnel = {};
  }
  exchange.gateway_done = true;
  release_if_done(handle);
}

// The gateway drops its connection to the exit, where it has one.
void World::Network::give_up(Exchange& exchange) {
  const Handle<Leg> handle = std::exchange(exchange.leg, {});
  Leg* leg = legs_.find(handle);
  if (leg == nullptr) return;
  if (leg->stage == LegStage::kReturned) return legs_.release(handle);
  leg->given_up = true;
  if (leg->stage != LegStage::kDead) push(options_.latencies.gateway_to_exit, EventKind::kCancelAtExit, handle);
}

void World::Network::send_to_client(Handle<Exchange> handle, bool whole) {
  push(options_.latencies.client_to_gateway, EventKind::kHeadAtClient, handle);
  if (whole) push(options_.latencies.client_to_gateway, EventKind::kEndAtClient, handle);
}

Handle<Exchange> World::Network::exchange_of(RequestId request) const {
  const Handle<Exchange>* handle = requests_.find(static_cast<std::uint64_t>(request));
  PINPROOF_CHECK(handle != nullptr, "an effect for request {}, which is not under way",
                 static_cast<std::uint64_t>(request));
  return *handle;
}

void World::Network::apply_effects() {
  for (Effect& effect : effects_) {
    if (options_.trace != nullptr) narrate("{}", describe(effect));
    std::visit([this](auto& each) { apply(each); }, effect);
  }
  effects_.clear();
}

void World::Network::apply(const Forward& effect) {
  const Handle<Exchange> owner = exchange_of(effect.request);
  Exchange& exchange = exchanges_[owner];
  give_up(exchange);
  exchange.leg = legs_.acquire();
  Leg& leg = legs_[exchange.leg];
  leg.reset();
  leg.exchange = owner;
  leg.exit = effect.exit;
  leg.attempt = effect.attempt;
  leg.head = forwarded_request(gateway_.rules().forwarding, exchange.head);
  leg.head.headers.add_all(effect.kept);
  leg.body = exchange.body;
  read_target(exchange.head, leg);
  push(options_.latencies.gateway_to_exit, EventKind::kForwardAtExit, exchange.leg);
}

void World::Network::apply(Reply& effect) {
  const Handle<Exchange> handle = exchange_of(effect.request);
  Exchange& exchange = exchanges_[handle];
  exchange.answer = std::move(effect.head);
  if (exchange.head.method != "HEAD") exchange.answer_body = std::move(effect.body);
  exchange.gate_at = exchange.answer_body.size();
  const Handle<Connection> connection = exchange.connection;
  const bool close = effect.close || asks_to_close(exchange.head.headers);
  send_to_client(handle, true);
  give_up(exchange);
  forget(handle);
  if (close) close_from_gateway(connection);
}

void World::Network::apply(const Relay& effect) {
  const Handle<Exchange> handle = exchange_of(effect.request);
  Exchange& exchange = exchanges_[handle];
  Leg& leg = legs_[exchange.leg];
  const bool connect = exchange.head.method == "CONNECT";
  exchange.answer = relayed_response(gateway_.rules().forwarding, leg.answer.head, effect.added, connect);
  // What is to be ended wherever it breaks off cannot say its length first.
  if (gateway_.rules().session.loss.cut_answer == CutAnswer::kEnded) exchange.answer.headers.remove("Content-Length");
  exchange.answer_body = std::move(leg.answer.body);
  exchange.gate_at = leg.answer.gate_at.value_or(exchange.answer_body.size());
  if (connect && exchange.answer.status / 100 == 2) return open_tunnel(handle, exchange.leg);
  send_to_client(handle, false);
  // An answer at its gate goes on at rest_at_gateway(), or is cut at failure_at_gateway().
  if (!leg.gated) finish(handle, exchange.body.size(), exchange.answer_body.size());
}

void World::Network::apply(const Intercept& effect) {
  const Handle<Exchange> handle = exchange_of(effect.request);
  Exchange& exchange = exchanges_[handle];
  exchange.answer.status = 200;
  exchange.answer.headers = effect.added;
  if (Connection* connection = connections_.find(exchange.connection)) {
    connection->gateway_tunnel = Tunnel::kIntercepted;
    connection->authority = exchange.head.target;
  }
  send_to_client(handle, true);
  forget(handle);
}

void World::Network::apply(const Abort& effect) {
  const Handle<Exchange> handle = exchange_of(effect.request);
  Exchange& exchange = exchanges_[handle];
  const Handle<Connection> connection = exchange.connection;
  give_up(exchange);
  if (effect.pass_for_whole) {
    exchange.answer_body.resize(exchange.gate_at);
    push(options_.latencies.client_to_gateway, EventKind::kEndAtClient, handle);
    return forget(handle);
  }
  forget(handle);
  close_from_gateway(connection);
}

void World::Network::apply(const Cancel& effect) { give_up(exchanges_[exchange_of(effect.request)]); }

}  // namespace pinproof::sim
