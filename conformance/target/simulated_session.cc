#include "conformance/target/simulated_session.h"

#include <utility>

#include "conformance/target/reference_gateway.h"

namespace pinproof::conformance {
namespace {

sim::WorldOptions world_of(const SimulatedTargetOptions& options, std::uint64_t seed) {
  sim::WorldOptions world;
  world.rules = options.rules;
  world.exits = options.exits;
  world.seed = seed;
  return world;
}

AnswerEnd end_of(sim::ExchangeEnd end) {
  switch (end) {
    case sim::ExchangeEnd::kComplete:
      return AnswerEnd::kComplete;
    case sim::ExchangeEnd::kCut:
      return AnswerEnd::kCut;
    case sim::ExchangeEnd::kClosed:
      return AnswerEnd::kClosed;
  }
  return AnswerEnd::kClosed;
}

UpstreamEvent event_of(sim::ExitSight sight) {
  switch (sight) {
    case sim::ExitSight::kRefused:
      return UpstreamEvent::kRefused;
    case sim::ExitSight::kForwarded:
      return UpstreamEvent::kForwarded;
    case sim::ExitSight::kAnswered:
      return UpstreamEvent::kAnswered;
    case sim::ExitSight::kFailed:
      return UpstreamEvent::kFailed;
    case sim::ExitSight::kReset:
      return UpstreamEvent::kReset;
    case sim::ExitSight::kClosed:
      return UpstreamEvent::kClosed;
  }
  return UpstreamEvent::kClosed;
}

}  // namespace

SimulatedTarget::Session::Session(const SimulatedTargetOptions& options, const TargetDescription& description,
                                  const Credentials& credentials, std::uint64_t seed)
    : options_(options),
      description_(description),
      credentials_(credentials),
      api_(api_dialect_of(options.rules.api)),
      world_(world_of(options, seed), *this) {}

const std::string& SimulatedTarget::Session::address_of(sim::ExitId exit) const {
  return options_.exits.at(sim::index_of(exit)).address;
}

void SimulatedTarget::Session::submit(Stimulus stimulus) {
  // A connection that the gateway closes with its answer is closed before anybody sends on it again.
  if (stimulus.connection.kind != ConnectionChoice::Kind::kNew && std::exchange(may_be_closing_, false)) advance(now());
  auto chosen = connections_.choose(
      stimulus, [this] { return world_.open(); },
      [this](sim::ClientConnection connection) { return world_.is_open(connection); });
  const std::uint64_t id = stimulus.id;
  Request request{RequestFlight(std::move(stimulus), credentials_, description_.vocabulary, chosen.tunnel_open,
                                std::move(chosen.name), chosen.reused, now()),
                  chosen.connection, chosen.close_after, ++order_};
  const RequestFlight& flight = requests_.emplace(id, std::move(request)).first->second.flight;
  patience_.emplace(now() + description_.answer_wait, id);
  send(id, chosen.connection, flight.first());
}

void SimulatedTarget::Session::submit(const ApiStimulus& stimulus) {
  ApiFlight flight(stimulus, api_, credentials_, description_.vocabulary, now());
  calls_.emplace(stimulus.id, Call{std::move(flight), world_.open(), ++order_, {}});
  patience_.emplace(now() + description_.answer_wait, stimulus.id);
  send_call(stimulus.id);
}

void SimulatedTarget::Session::send(std::uint64_t id, sim::ClientConnection connection, WireRequest request) {
  exchanges_.emplace(world_.send(connection, {std::move(request.head), std::move(request.body), request.inside_tunnel}),
                     id);
}

void SimulatedTarget::Session::send_call(std::uint64_t id) {
  Call& call = calls_.at(id);
  if (!world_.is_open(call.connection)) call.connection = world_.open();
  exchanges_.emplace(world_.send(call.connection, {call.flight.request(), {}, false}), id);
}

bool SimulatedTarget::Session::step(Instant until) {
  const Instant event = world_.exhausted() ? sim::kNever : world_.next_event();
  const Instant given_up = patience_.empty() ? sim::kNever : patience_.begin()->first;
  if (std::min(event, given_up) > until || std::min(event, given_up) == sim::kNever) return false;
  if (event <= given_up) {
    world_.step();
    do_deferred();
  } else {
    world_.run_until(given_up);
    give_up(patience_.begin()->second, AnswerEnd::kTimedOut);
  }
  return true;
}

void SimulatedTarget::Session::advance(Instant until) {
  while (step(until)) {
  }
  world_.run_until(until);
}

void SimulatedTarget::Session::act(const sim::ExitEvent& event) {
  records_.emplace_back(
      ExitActed{address_of(event.exit), event.action, event.lasting, event.count, event.delay, now(), ++order_});
  world_.act(event);
}

void SimulatedTarget::Session::release(const std::string& token) { world_.release(token); }

void SimulatedTarget::Session::give_up(std::uint64_t id, AnswerEnd end) {
  if (const auto found = requests_.find(id); found != requests_.end()) {
    Request& request = found->second;
    request.close_after = true;
    // What came of the body is not known: the world tells it at the end only, and this is the client's own end.
    request.flight.end({end, 0, 0}, now());
    finish_request(id);
  } else if (const auto call = calls_.find(id); call != calls_.end()) {
    end_call(id, sim::ExchangeEnd::kClosed, {}, now());
  }
  do_deferred();
}

void SimulatedTarget::Session::close(const std::string& actor, const ConnectionChoice& connection) {
  for (const sim::ClientConnection taken : connections_.take(actor, connection)) world_.close(taken);
  do_deferred();
}

void SimulatedTarget::Session::take(std::vector<Record>& records) {
  if (records.empty()) return records.swap(records_);
  for (Record& record : records_) records.push_back(std::move(record));
  records_.clear();
}

void SimulatedTarget::Session::on_answer_head(sim::ExchangeId exchange, sim::ResponseHead head, Instant now) {
  const auto found = exchanges_.find(exchange);
  if (found == exchanges_.end()) return;
  if (const auto request = requests_.find(found->second); request != requests_.end()) {
    request->second.flight.head(std::move(head), now);
    request->second.answered_order = ++order_;
  } else if (const auto call = calls_.find(found->second); call != calls_.end()) {
    call->second.head = std::move(head);
  }
}

void SimulatedTarget::Session::on_exchange_end(sim::ExchangeId exchange, sim::ExchangeEnd end, sim::AnswerBody body,
                                               Instant now) {
  const auto found = exchanges_.find(exchange);
  if (found == exchanges_.end()) return;
  const std::uint64_t id = found->second;
  exchanges_.erase(found);
  if (calls_.contains(id)) {
    end_call(id, end, body, now);
  } else if (requests_.contains(id)) {
    end_request(id, {end_of(end), body.bytes, body.digest}, now);
  }
}

void SimulatedTarget::Session::end_request(std::uint64_t id, const WireEnd& end, Instant now) {
  Request& request = requests_.at(id);
  if (request.flight.end(end, now)) {
    connections_.tunnel_opened(request.connection);
    to_continue_.push_back(id);
  } else {
    finish_request(id);
  }
}

void SimulatedTarget::Session::end_call(std::uint64_t id, sim::ExchangeEnd end, const sim::AnswerBody& body,
                                        Instant now) {
  Call& call = calls_.at(id);
  if (end != sim::ExchangeEnd::kComplete) {
    call.flight.failed(now);
  } else if (call.flight.answer(call.head, body.text, now)) {
    to_continue_.push_back(id);
    return;
  }
  patience_.erase({call.flight.sent_at() + description_.answer_wait, id});
  to_close_.push_back(call.connection);
  ApiCall done = call.flight.take();
  done.sent_order = call.sent_order;
  done.answered_order = ++order_;
  records_.emplace_back(std::move(done));
  calls_.erase(id);
}

void SimulatedTarget::Session::finish_request(std::uint64_t id) {
  const auto found = requests_.find(id);
  Request& request = found->second;
  const Observation& seen = request.flight.seen();
  patience_.erase({seen.sent_at + description_.answer_wait, id});
  may_be_closing_ = may_be_closing_ || (!request.close_after && seen.status >= 400);
  if (request.close_after) to_close_.push_back(request.connection);
  auto from = origin_saw_from_.extract(seen.token);
  Record& record =
      records_.emplace_back(request.flight.finish(from.empty() ? std::string() : std::move(from.mapped())));
  auto& finished = std::get<Observation>(record);
  finished.sent_order = request.sent_order;
  finished.answered_order = request.answered_order == 0 ? ++order_ : request.answered_order;
  requests_.erase(found);
}

void SimulatedTarget::Session::do_deferred() {
  while (!to_continue_.empty() || !to_close_.empty()) {
    for (const std::uint64_t id : std::exchange(to_continue_, {})) {
      if (const auto request = requests_.find(id); request != requests_.end()) {
        send(id, request->second.connection, request->second.flight.inner());
      } else if (calls_.contains(id)) {
        send_call(id);
      }
    }
    for (const sim::ClientConnection connection : std::exchange(to_close_, {})) world_.close(connection);
  }
}

void SimulatedTarget::Session::on_exit_sighting(sim::ExitSighting sighting, Instant now) {
  std::string host = without_token(std::move(sighting.host), sighting.token);
  records_.emplace_back(UpstreamSaw{address_of(sighting.exit), event_of(sighting.sight), std::move(sighting.method),
                                    std::move(host), std::move(sighting.token), now});
}

void SimulatedTarget::Session::on_origin_sighting(sim::OriginSighting sighting, Instant now) {
  origin_saw_from_[sighting.token] = address_of(sighting.from);
  records_.emplace_back(OriginSaw{address_of(sighting.from), std::move(sighting.head.method),
                                  credentials_.redacted(std::move(sighting.head.target)), std::move(sighting.token),
                                  credentials_.redacted(std::move(sighting.head.headers)), sighting.body_bytes,
                                  sighting.body_bytes > 0 ? sighting.body_digest : 0, now});
}

}  // namespace pinproof::conformance
