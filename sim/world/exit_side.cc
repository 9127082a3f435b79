#include <algorithm>
#include <utility>

#include "sim/world/exit_words.h"
#include "sim/world/network.h"

namespace pinproof::sim {
void World::Network::forward_at_exit(Handle<Leg> handle) {
  Leg& leg = legs_[handle];
  const ExitReception reception = pool_.receive(leg.exit, now_);
  leg.delay = reception.delay;
  switch (reception.behaviour) {
    case ExitBehaviour::kRefuses:
      leg.stage = LegStage::kDead;
      push(options_.latencies.gateway_to_exit, EventKind::kFailureAtGateway, handle, AttemptFailure::kRefused);
      return tell_exit_sighting(leg, ExitSight::kRefused);
    case ExitBehaviour::kFails:
      leg.stage = LegStage::kReturned;
      fail(leg);
      push(options_.latencies.gateway_to_exit, EventKind::kAnswerAtGateway, handle);
      return tell_exit_sighting(leg, ExitSight::kFailed);
    case ExitBehaviour::kServes:
      push(options_.latencies.exit_to_origin, EventKind::kRequestAtOrigin, handle);
      break;
    case ExitBehaviour::kSilent:
      break;  // it stays so until the gateway gives up, or the exit resets
  }
  link(handle);
  tell_exit_sighting(leg, ExitSight::kForwarded);
}

void World::Network::fail(Leg& leg) const {
  ExitAnswer answer = failure_of_exit(pool_.exits()[index_of(leg.exit)].address);
  leg.answer = {};
  leg.answer.head = std::move(answer.head);
  leg.answer.body = std::move(answer.body);
}

void World::Network::request_at_origin(Handle<Leg> handle) {
  Leg& leg = legs_[handle];
  if (leg.stage != LegStage::kForwarded) return;
  push(options_.latencies.exit_to_origin + leg.delay, EventKind::kAnswerAtExit, handle);
  if (leg.head.method == "CONNECT") {
    leg.answer = {};  // a 200 without fields: the exit's own words do not reach the client
    return;
  }
  leg.head = to_origin_form(std::move(leg.head));
  leg.answer = answer_of_origin(leg.head, leg.body);
  tell_origin_sighting(leg.exit, leg.head, leg.token, leg.body);
}

void World::Network::answer_at_exit(Handle<Leg> handle) {
  Leg& leg = legs_[handle];
  if (leg.stage != LegStage::kForwarded) return;
  push(options_.latencies.gateway_to_exit, EventKind::kAnswerAtGateway, handle);
  if (leg.head.method == "CONNECT") {
    leg.stage = LegStage::kTunnel;
  } else if (is_gated(leg.answer, leg.token)) {
    leg.stage = LegStage::kGated;
    leg.gated = true;
    gated_.push_back({leg.token, handle, {}});
  } else {
    leg.answer.gate_at.reset();
    leg.stage = LegStage::kReturned;
    unlink(handle);
  }
  tell_exit_sighting(leg, ExitSight::kAnswered);
}

void World::Network::rest_at_exit(Handle<Leg> handle) {
  Leg& leg = legs_[handle];
  if (leg.stage != LegStage::kGated) return;
  leg.stage = LegStage::kReturned;
  unlink(handle);
  push(options_.latencies.gateway_to_exit, EventKind::kRestAtGateway, handle);
}

void World::Network::cancel_at_exit(Handle<Leg> handle) {
  const Leg& leg = legs_[handle];
  if (leg.linked) {
    unlink(handle);
    tell_exit_sighting(leg, ExitSight::kClosed);
  }
  legs_.release(handle);
}

void World::Network::reset_connections(ExitId exit) {
  // Observers are told of each, and may act: what is linked by then came after the reset.
  std::vector<Handle<Leg>> reset;
  for (Handle<Leg> each = live_[index_of(exit)].first; legs_.find(each) != nullptr; each = legs_[each].next) {
    reset.push_back(each);
  }
  for (const Handle<Leg> handle : reset) {
    Leg* leg = legs_.find(handle);
    if (leg == nullptr || !leg->linked) continue;
    unlink(handle);
    leg->stage = LegStage::kDead;
    push(options_.latencies.gateway_to_exit, EventKind::kFailureAtGateway, handle, AttemptFailure::kReset);
    tell_exit_sighting(*leg, ExitSight::kReset);
  }
}

void World::Network::release(std::string_view token) {
  narrate("release {}", token);
  released_.emplace(token);
  const auto open = std::stable_partition(gated_.begin(), gated_.end(), [&](const GatedAnswer& each) {
    const bool waits = legs_.find(each.leg) != nullptr || exchanges_.find(each.exchange) != nullptr;
    return waits && each.token != token;
  });
  for (auto each = open; each != gated_.end(); ++each) {
    if (legs_.find(each->leg) != nullptr) push(options_.latencies.exit_to_origin, EventKind::kRestAtExit, each->leg);
    if (exchanges_.find(each->exchange) != nullptr) {
      push(options_.latencies.exit_to_origin, EventKind::kTunnelRestAtExit, each->exchange);
    }
  }
  gated_.erase(open, gated_.end());
}

bool World::Network::is_gated(const OriginAnswer& answer, std::string_view token) const {
  return answer.gate_at && released_.find(token) == released_.end();
}

void World::Network::link(Handle<Leg> handle) {
  Leg& leg = legs_[handle];
  LiveLegs& live = live_[index_of(leg.exit)];
  leg.linked = true;
  leg.previous = live.last;
  leg.next = {};
  if (Leg* last = legs_.find(live.last)) {
    last->next = handle;
  } else {
    live.first = handle;
  }
  live.last = handle;
}

void World::Network::unlink(Handle<Leg> handle) {
  Leg& leg = legs_[handle];
  LiveLegs& live = live_[index_of(leg.exit)];
  Leg* previous = legs_.find(leg.previous);
  Leg* next = legs_.find(leg.next);
  (previous != nullptr ? previous->next : live.first) = leg.next;
  (next != nullptr ? next->previous : live.last) = leg.previous;
  leg.linked = false;
  leg.previous = leg.next = {};
}

void World::Network::tell_exit_sighting(const Leg& leg, ExitSight sight) {
  ExitSighting sighting{leg.exit, sight, leg.head.method, leg.host, leg.token, leg.attempt};
  narrate("exit {} {} {} {} token {} attempt {}", index_of(leg.exit), to_string(sight), sighting.method, sighting.host,
          sighting.token, sighting.attempt);
  observer_.on_exit_sighting(std::move(sighting), now_);
}

void World::Network::tell_origin_sighting(ExitId from, RequestHead head, std::string_view token,
                                          std::string_view body) {
  OriginSighting sighting{from, std::move(head), std::string(token), body.size(), digest_of(body)};
  narrate("origin from {} {} {} {} token {} bytes {}", index_of(from), sighting.head.method, sighting.head.target,
          sighting.head.headers, token, body.size());
  observer_.on_origin_sighting(std::move(sighting), now_);
}

}  // namespace pinproof::sim
