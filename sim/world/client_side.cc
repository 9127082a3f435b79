#include <algorithm>
#include <utility>

#include "sim/http/target.h"
#include "sim/world/network.h"

namespace pinproof::sim {
namespace {

ClientConnection name_of(Handle<Connection> handle) {
  return ClientConnection{std::uint64_t{handle.generation} << 32U | handle.index};
}

Handle<Connection> handle_of(ClientConnection connection) {
  const auto name = static_cast<std::uint64_t>(connection);
  return {static_cast<std::uint32_t>(name), static_cast<std::uint32_t>(name >> 32U)};
}

void add_length(ClientRequest& request) {
  const Headers& headers = request.head.headers;
  if (request.body.empty() || headers.has("Content-Length") || headers.has("Transfer-Encoding")) return;
  request.head.headers.add_number("Content-Length", request.body.size());
}

// What the gateway reads inside a tunnel that it has opened names a path; where to is what the CONNECT said.
std::string absolute_target(std::string_view authority, const std::string& target) {
  if (!target.starts_with('/')) return target;
  constexpr std::string_view kDefaultPort = ":443";
  if (authority.ends_with(kDefaultPort)) authority.remove_suffix(kDefaultPort.size());
  return fmt::format("https://{}{}", authority, target);
}

// Of an answer that is not complete the gateway may still count what it has.
AnswerBody take_body_that_came(Exchange& exchange, ExchangeEnd end) {
  const bool complete = end == ExchangeEnd::kComplete;
  const std::uint64_t came = exchange.head_arrived ? exchange.gate_at : 0;
  std::string text = complete ? std::move(exchange.answer_body) : exchange.answer_body.substr(0, came);
  AnswerBody body{text.size(), {}, digest_of(text)};
  if (text.size() > kBodyKept) text.resize(kBodyKept);
  body.text = std::move(text);
  return body;
}

}  // namespace

ClientConnection World::Network::open() {
  const Handle<Connection> handle = connections_.acquire();
  Connection& connection = connections_[handle];
  connection.reset();
  connection.client_open = true;
  connection.gateway_open = true;
  push(options_.latencies.client_to_gateway, EventKind::kConnectAtGateway, handle);
  return name_of(handle);
}

bool World::Network::is_open(ClientConnection name) {
  const Connection* connection = connections_.find(handle_of(name));
  return connection != nullptr && connection->client_open;
}

void World::Network::close(ClientConnection name) {
  const Handle<Connection> handle = handle_of(name);
  Connection* connection = connections_.find(handle);
  if (connection == nullptr || !connection->client_open) return;
  narrate("client closes {}.{}", handle.index, handle.generation);
  connection->client_open = false;
  if (connection->gateway_open) push(options_.latencies.client_to_gateway, EventKind::kCloseAtGateway, handle);
  const Handle<Exchange> current = std::exchange(connection->current, {});
  const std::vector<Handle<Exchange>> waiting = std::move(connection->waiting);
  connection->waiting.clear();
  release_if_done(handle);
  if (exchanges_.find(current) != nullptr) end(current, ExchangeEnd::kClosed);
  for (const Handle<Exchange> next : waiting) end(next, ExchangeEnd::kClosed);
}

ExchangeId World::Network::send(ClientConnection name, ClientRequest request) {
  add_length(request);
  const Handle<Exchange> handle = exchanges_.acquire();
  Exchange& exchange = exchanges_[handle];
  exchange.reset();
  exchange.id = ExchangeId{++exchanges_sent_};
  exchange.head = std::move(request.head);
  exchange.body = std::move(request.body);
  exchange.inside_tunnel = request.inside_tunnel;
  narrate("client sends {} {} {} exchange {} on {}", exchange.head.method, exchange.head.target, exchange.head.headers,
          exchanges_sent_, handle_of(name).index);
  Connection* connection = connections_.find(handle_of(name));
  if (connection == nullptr || !connection->client_open) {
    push(Duration::zero(), EventKind::kUnsent, handle);
    return exchange.id;
  }
  exchange.connection = handle_of(name);
  if (exchanges_.find(connection->current) != nullptr) {
    connection->waiting.push_back(handle);
  } else {
    connection->current = handle;
    start(handle);
  }
  return exchange.id;
}

void World::Network::start(Handle<Exchange> handle) {
  Exchange& exchange = exchanges_[handle];
  const Connection& connection = connections_[exchange.connection];
  const Latencies& latencies = options_.latencies;
  if (connection.client_tunnel == Tunnel::kThroughExit) {
    exchange.inside_tunnel = true;
    return push(latencies.client_to_gateway + latencies.gateway_to_exit, EventKind::kTunnelRequestAtExit, handle);
  }
  if (connection.client_tunnel == Tunnel::kIntercepted) {
    exchange.inside_tunnel = true;
    exchange.head.target = absolute_target(connection.authority, exchange.head.target);
  } else if (exchange.inside_tunnel) {
    return push(Duration::zero(), EventKind::kUnsent, handle);
  }
  exchange.gateway_done = false;
  push(latencies.client_to_gateway, EventKind::kRequestAtGateway, handle);
}

void World::Network::head_at_client(Handle<Exchange> handle) {
  Exchange& exchange = exchanges_[handle];
  exchange.head_arrived = true;
  const bool tunnel_opened =
      exchange.head.method == "CONNECT" && exchange.answer.status / 100 == 2 && !exchange.inside_tunnel;
  if (tunnel_opened) {
    Connection& connection = connections_[exchange.connection];
    connection.client_tunnel = connection.gateway_tunnel;
  }
  narrate("answer {} {} exchange {}", exchange.answer.status, exchange.answer.headers,
          static_cast<std::uint64_t>(exchange.id));
  observer_.on_answer_head(exchange.id, std::move(exchange.answer), now_);
}

void World::Network::end_at_client(Handle<Exchange> handle) { end(handle, ExchangeEnd::kComplete); }

void World::Network::close_at_client(Handle<Connection> handle) {
  Connection& connection = connections_[handle];
  if (!connection.client_open) return;
  connection.client_open = false;
  const Handle<Exchange> current = std::exchange(connection.current, {});
  const std::vector<Handle<Exchange>> waiting = std::move(connection.waiting);
  connection.waiting.clear();
  release_if_done(handle);
  if (const Exchange* cut = exchanges_.find(current)) {
    end(current, cut->head_arrived ? ExchangeEnd::kCut : ExchangeEnd::kClosed);
  }
  for (const Handle<Exchange> next : waiting) end(next, ExchangeEnd::kClosed);
  observer_.on_connection_closed(name_of(handle), now_);
}

void World::Network::end(Handle<Exchange> handle, ExchangeEnd end) {
  Exchange& exchange = exchanges_[handle];
  const ExchangeId id = exchange.id;
  AnswerBody body = take_body_that_came(exchange, end);
  exchange.client_done = true;
  narrate("end {} exchange {} bytes {} digest {:016x}", to_string(end), static_cast<std::uint64_t>(id), body.bytes,
          body.digest);
  if (Connection* connection = connections_.find(exchange.connection);
      connection != nullptr && connection->client_open) {
    start_next(*connection);
  }
  release_if_done(handle);
  observer_.on_exchange_end(id, end, std::move(body), now_);
}

void World::Network::start_next(Connection& connection) {
  connection.current = {};
  if (connection.waiting.empty()) return;
  connection.current = connection.waiting.front();
  connection.waiting.erase(connection.waiting.begin());
  start(connection.current);
}

void World::Network::release_if_done(Handle<Exchange> handle) {
  const Exchange& exchange = exchanges_[handle];
  if (exchange.client_done && exchange.gateway_done) exchanges_.release(handle);
}

void World::Network::release_if_done(Handle<Connection> handle) {
  const Connection& connection = connections_[handle];
  if (!connection.client_open && !connection.gateway_open) connections_.release(handle);
}

}  // namespace pinproof::sim
