#include "conformance/live/live_session.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "sim/core/check.h"

namespace pinproof::conformance {
namespace {

/// A listing of 5,000 sessions is whole; an echo's answer is a line.
constexpr std::size_t kApiBodyKept = 4UL << 20U;
constexpr std::size_t kEchoBodyKept = 64UL << 10U;

bool is_answer(const LiveEnd& end) { return end.wire.end == AnswerEnd::kComplete || end.wire.end == AnswerEnd::kCut; }

/// With the port of the exits by its name, where a gateway says it behind an address: it is another in every run.
sim::ResponseHead repeatable(const sim::ResponseHead& head, const std::map<std::string, std::string>& varying) {
  const auto port = varying.find("exits_port");
  if (port == varying.end()) return head;
  const std::string end = ":" + port->second;
  sim::ResponseHead shown;
  shown.status = head.status;
  for (const auto [name, value] : head.headers) {
    if (value.ends_with(end)) {
      shown.headers.add(name, std::string(value.substr(0, value.size() - end.size())) + ":{exits_port}");
    } else {
      shown.headers.add(name, value);
    }
  }
  return shown;
}

}  // namespace

LiveTarget::Session::Session(Inside& inside, std::uint64_t heads_before)
    : inside_(inside), heads_before_(heads_before) {}

LiveTarget::Session::~Session() {
  for (const auto& weak : opened_) {
    if (const ConnectionPtr connection = weak.lock()) connection->forget();
  }
}

LiveTarget::Session::ConnectionPtr LiveTarget::Session::open(const LiveEndpoint& to) {
  constexpr std::size_t kForgetAt = 1024;
  if (opened_.size() >= kForgetAt && opened_.size() >= 2 * inside_.site->idle.size()) {
    std::erase_if(opened_, [](const auto& weak) { return weak.expired(); });
  }
  ConnectionPtr connection = LiveConnection::open(inside_.site, to, *this);
  opened_.push_back(connection);
  return connection;
}

const LiveEndpoint& LiveTarget::Session::api_at() const {
  return inside_.options.api_at ? *inside_.options.api_at : inside_.options.gateway;
}

void LiveTarget::Session::submit(Stimulus stimulus) {
  keep_to_limits();
  if (const auto& echo = inside_.options.echo) {
    stimulus.host = echo->host;
    stimulus.path = echo->path;
    stimulus.token.clear();
    if (echo->encrypted) stimulus.via = Via::kConnect;
    stimulus.encrypted = echo->encrypted;
  }
  const auto chosen = connections_.choose(
      stimulus, [this] { return open(inside_.options.gateway); },
      [](const ConnectionPtr& connection) { return connection->is_open(); });
  const Instant sent_at = now();
  const std::uint64_t id = stimulus.id;
  const bool encrypted = stimulus.encrypted;
  if (stimulus.shape != RequestShape::kSound) ++unsound_;
  RequestFlight flight(std::move(stimulus), inside_.credentials, inside_.options.description.vocabulary,
                       chosen.tunnel_open, chosen.name, chosen.reused, sent_at);
  Request request{std::move(flight), chosen.connection, encrypted, chosen.close_after, ++order_, 0, {}};
  requests_.emplace(id, std::move(request));
  begin(id, chosen.connection, sent_at);
}

void LiveTarget::Session::submit(const ApiStimulus& stimulus) {
  keep_to_limits();
  const Instant sent_at = now();
  ApiFlight flight(stimulus, inside_.options.api, inside_.credentials, inside_.options.description.vocabulary, sent_at);
  const ConnectionPtr connection = open(api_at());
  calls_.emplace(stimulus.id, Call{std::move(flight), connection, ++order_, {}});
  begin(stimulus.id, connection, sent_at);
}

void LiveTarget::Session::begin(std::uint64_t id, const ConnectionPtr& connection, Instant sent_at) {
  patience_.emplace(std::pair(sent_at + inside_.options.description.answer_wait, id), true);
  begun_.emplace_back(id, connection);
  if (!inside_.timeline.is_controlled()) return send_begun();
  // Connecting with more at once than a listener has room for would be refused, or late; and those that go out together have a file open
  // at each end, all of them, until they are answered.
  constexpr std::size_t kConnectingMax = 256;
  constexpr std::size_t kTogetherMax = 1024;
  if (begun_.size() % kConnectingMax == 0) connect_begun();
  if (begun_.size() == kTogetherMax) send_begun();
}

void LiveTarget::Session::send(std::uint64_t id, Request& request, WireRequest wire) {
  LiveRequest live;
  live.id = id;
  live.tunnel_encrypted = request.encrypted;
  live.tunnel_host = request.flight.seen().host;
  if (inside_.options.echo) live.body_kept = kEchoBodyKept;
  live.wire = std::move(wire);
  request.connection->send(std::move(live));
}

void LiveTarget::Session::send(std::uint64_t id, Call& call) {
  if (!call.connection->is_open()) call.connection = open(api_at());
  LiveRequest live;
  live.id = id;
  live.body_kept = kApiBodyKept;
  live.wire.head = call.flight.request();
  sim::Headers& headers = live.wire.head.headers;
  if (!headers.has("Host")) headers.add("Host", api_at().host);
  if (live.wire.head.method == "POST") headers.add("Content-Length", "0");
  call.connection->send(std::move(live));
}

void LiveTarget::Session::on_sent(std::uint64_t id) {
  const auto request = requests_.find(id);
  if (request == requests_.end()) {
    heads_sent_ += inside_.options.api_at ? 0 : 1;
    return;
  }
  const Observation& seen = request->second.flight.seen();
  const bool inside_tunnel = seen.inside_tunnel || (seen.connect && seen.status == 0);
  if (seen.shape != RequestShape::kSound) return;
  if (!inside_tunnel || inside_.options.reads_inside_tunnels) ++heads_sent_;
}

void LiveTarget::Session::on_head(std::uint64_t id, const sim::ResponseHead& real) {
  const sim::ResponseHead head = repeatable(real, inside_.options.description.varying);
  if (const auto request = requests_.find(id); request != requests_.end()) {
    request->second.flight.head(head, now());
    to_order_.insert(id);
  } else if (const auto call = calls_.find(id); call != calls_.end()) {
    call->second.head = head;
  }
  if (!inside_.timeline.is_controlled()) order_answers();
}

void LiveTarget::Session::on_end(std::uint64_t id, const LiveEnd& end) {
  if (!is_answer(end)) ++heads_unanswered_;
  if (requests_.contains(id)) {
    end_request(id, end);
  } else if (calls_.contains(id)) {
    end_call(id, end);
  }
  if (!inside_.timeline.is_controlled()) order_answers();
}

void LiveTarget::Session::end_request(std::uint64_t id, const LiveEnd& end) {
  Request& request = requests_.at(id);
  if (!request.flight.end(end.wire, now())) {
    if (const auto& echo = inside_.options.echo) request.exit_echoed = echo->read(end.text).value_or("");
    return finish(id);
  }
  connections_.tunnel_opened(request.connection);
  // The reply to CONNECT is not the answer: that comes later, and with it its place in the order.
  to_order_.erase(id);
  request.answered_order = 0;
  send(id, request, request.flight.inner());
}

void LiveTarget::Session::end_call(std::uint64_t id, const LiveEnd& end) {
  Call& call = calls_.at(id);
  if (end.wire.end != AnswerEnd::kComplete) {
    call.flight.failed(now());
  } else if (call.flight.answer(call.head, end.text, now())) {
    return send(id, call);
  }
  finish(id);
}

void LiveTarget::Session::finish(std::uint64_t id) {
  to_order_.insert(id);
  if (const auto found = requests_.find(id); found != requests_.end()) {
    Request& request = found->second;
    patience_.erase({request.flight.seen().sent_at + inside_.options.description.answer_wait, id});
    if (request.close_after) request.connection->close();
    ended_at_.emplace(request.flight.seen().ended_at, id);
    ended_.emplace(id, std::move(request));
    requests_.erase(found);
    return;
  }
  const auto found = calls_.find(id);
  Call& call = found->second;
  patience_.erase({call.flight.sent_at() + inside_.options.description.answer_wait, id});
  call.connection->close();
  ApiCall done = call.flight.take();
  done.sent_order = call.sent_order;
  ended_at_.emplace(done.answered_at, id);
  ended_calls_.emplace(id, std::move(done));
  calls_.erase(found);
}

// The client's own end.
void LiveTarget::Session::give_up(std::uint64_t id, AnswerEnd end) {
  if (const auto request = requests_.find(id); request != requests_.end()) {
    request->second.close_after = true;
    request->second.flight.end({end, 0, 0, {}}, now());
  } else if (const auto call = calls_.find(id); call != calls_.end()) {
    call->second.flight.failed(now());
  } else {
    return;
  }
  ++heads_unanswered_;
  finish(id);
}

void LiveTarget::Session::act(const sim::ExitEvent& event) {
  PINPROOF_CHECK(inside_.upstreams != nullptr, "an exit is acted on, and nothing can");
  send_begun();
  read_journal();
  record_ended();
  const std::string& address = inside_.options.description.exits.at(sim::index_of(event.exit)).address;
  records_.emplace_back(ExitActed{address, event.action, event.lasting, event.count, event.delay, now(), ++order_});
  inside_.upstreams->act(event);
}

void LiveTarget::Session::release(const std::string& token) {
  if (inside_.upstreams == nullptr) throw TargetLost("an answer is to be released, and the origin is not ours");
  send_begun();
  inside_.upstreams->release(token);
}

void LiveTarget::Session::abandon(std::uint64_t id) { give_up(id, AnswerEnd::kAbandoned); }

void LiveTarget::Session::close(const std::string& actor, const ConnectionChoice& connection) {
  send_begun();
  for (const ConnectionPtr& taken : connections_.take(actor, connection)) taken->close();
}

}  // namespace pinproof::conformance
