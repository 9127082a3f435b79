#include "sim/world/network.h"

namespace pinproof::sim {
namespace {

// Bytes of a head on the wire, request or status line included: a tunnel's payload is counted as the gateway would count it.
std::uint64_t head_bytes(std::uint64_t line_bytes, const Headers& headers) {
  std::uint64_t bytes = line_bytes + 4;  // the ends of the line and of the head
  for (const auto field : headers) bytes += field.name.size() + field.value.size() + 4;
  return bytes;
}

std::uint64_t wire_bytes(const RequestHead& head) {
  return head_bytes(head.method.size() + head.target.size() + std::string_view("  HTTP/1.1").size(), head.headers);
}

std::uint64_t wire_bytes(const ResponseHead& head) {
  return head_bytes(std::string_view("HTTP/1.1 200 ").size() + reason_phrase(head.status).size(), head.headers);
}

}  // namespace

void World::Network::open_tunnel(Handle<Exchange> handle, Handle<Leg> leg) {
  if (Connection* connection = connections_.find(exchanges_[handle].connection)) {
    connection->tunnel = leg;
    connection->gateway_tunnel = Tunnel::kThroughExit;
  }
  send_to_client(handle, true);
}

// What comes to an exit through a tunnel that is no more, in either direction, is lost with it.
Handle<Leg> World::Network::live_tunnel(const Exchange& exchange) {
  const Connection* connection = connections_.find(exchange.connection);
  if (connection == nullptr) return {};
  const Leg* leg = legs_.find(connection->tunnel);
  return leg != nullptr && leg->linked ? connection->tunnel : Handle<Leg>{};
}

void World::Network::tunnel_request_at_exit(Handle<Exchange> handle) {
  const Exchange& exchange = exchanges_[handle];
  Leg* leg = legs_.find(live_tunnel(exchange));
  if (leg == nullptr) return;
  leg->tunnel_bytes_up += wire_bytes(exchange.head) + exchange.body.size();
  push(options_.latencies.exit_to_origin, EventKind::kTunnelRequestAtOrigin, handle);
}

void World::Network::tunnel_request_at_origin(Handle<Exchange> handle) {
  Exchange& exchange = exchanges_[handle];
  const Leg* leg = legs_.find(live_tunnel(exchange));
  if (leg == nullptr) return;
  const std::string token = token_of_target(exchange.head.target);
  OriginAnswer answer = answer_of_origin(exchange.head, exchange.body);
  exchange.answer = std::move(answer.head);
  exchange.answer_body = std::move(answer.body);
  exchange.gate_at = is_gated(answer, token) ? *answer.gate_at : exchange.answer_body.size();
  push(options_.latencies.exit_to_origin, EventKind::kTunnelAnswerAtExit, handle);
  tell_origin_sighting(leg->exit, exchange.head, token, exchange.body);
}

void World::Network::tunnel_answer_at_exit(Handle<Exchange> handle) {
  const Exchange& exchange = exchanges_[handle];
  Leg* leg = legs_.find(live_tunnel(exchange));
  if (leg == nullptr) return;
  leg->tunnel_bytes_down += wire_bytes(exchange.answer) + exchange.gate_at;
  push(options_.latencies.gateway_to_exit + options_.latencies.client_to_gateway, EventKind::kHeadAtClient, handle);
  if (exchange.gate_at == exchange.answer_body.size()) return tunnel_rest_at_exit(handle);
  gated_.push_back({token_of_target(exchange.head.target), {}, handle});
}

void World::Network::tunnel_rest_at_exit(Handle<Exchange> handle) {
  const Exchange& exchange = exchanges_[handle];
  const Handle<Leg> tunnel = live_tunnel(exchange);
  Leg* leg = legs_.find(tunnel);
  if (leg == nullptr) return;
  leg->tunnel_bytes_down += exchange.answer_body.size() - exchange.gate_at;
  push(options_.latencies.gateway_to_exit + options_.latencies.client_to_gateway, EventKind::kEndAtClient, handle);
  if (asks_to_close(exchange.head.headers)) close_tunnel_at_exit(tunnel);
}

// The origin has closed its end, as the request inside asked.
void World::Network::close_tunnel_at_exit(Handle<Leg> handle) {
  Leg& leg = legs_[handle];
  unlink(handle);
  leg.stage = LegStage::kReturned;
  push(options_.latencies.gateway_to_exit, EventKind::kTunnelEndAtGateway, handle);
  tell_exit_sighting(leg, ExitSight::kClosed);
}

void World::Network::tunnel_end_at_gateway(Handle<Leg> handle) {
  const Leg& leg = legs_[handle];
  if (leg.given_up) return legs_.release(handle);
  const Handle<Exchange> owner = leg.exchange;
  const Handle<Connection> connection = exchanges_[owner].connection;
  gateway_.finished(exchanges_[owner].request, leg.tunnel_bytes_up, leg.tunnel_bytes_down, now_);
  give_up(exchanges_[owner]);
  forget(owner);
  close_from_gateway(connection);
}

}  // namespace pinproof::sim
