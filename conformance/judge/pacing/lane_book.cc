#include "conformance/judge/pacing/lane_book.h"

#include <algorithm>

namespace pinproof::conformance {

Lane& LaneBook::lane_of(std::string_view exit, std::string_view host, Instant now) {
  key_ = exit;
  if (terms_.lane_by_host) key_.append(1, ' ').append(host);
  const auto known = lanes_.find(key_);
  if (known != lanes_.end()) return known->second;
  if (lanes_.size() >= kLanesMax) {
    const Duration over = header_.promised.delay_ceiling * 2;
    std::erase_if(lanes_, [&](const auto& entry) { return entry.second.slot_high + over < now; });
  }
  return lanes_[key_];
}

Placement LaneBook::placement(const Lane& lane, std::string_view exit, Instant at) const {
  Placement found;
  found.slot_low = lane.slot_low;
  found.slot_high = lane.slot_high;
  found.used = lane.used;
  found.built_up = lane.built_up;
  found.soft_reached = lane.soft_reached;
  found.announced_before = lane.announced;
  found.unsure = at < unsure_until_;
  found.other_slot = busiest_.exit == exit ? second_busiest_.until : busiest_.until;
  found.before = lane.before;
  return found;
}

void LaneBook::take(Lane& lane, const Forward& forward) {
  const PacedRequest& request = *forward.request;
  const Duration spacing = request.spacing;
  if (lane.slot_high <= forward.placed_at) lane.built_up = lane.soft_reached = lane.announced = false;
  if (lane.slot_low > forward.placed_at) lane.built_up = true;
  lane.used = true;
  lane.announced = lane.announced || request.announced.has_value();
  if (!forward.retry) {
    lane.soft_reached = forward.delay_low() - terms_.slack >= header_.promised.soft_limit;
    lane.before = forward;
  }
  if (forward.refused) {
    lane.slot_high = std::max(lane.slot_high, forward.to + spacing);
    return;
  }
  // What went out is the truth about the slot, whatever was thought of it before.
  const Instant believed = lane.slot_high;
  lane.slot_low = std::max(lane.slot_low, forward.from + spacing);
  lane.slot_high = std::max(lane.slot_low, forward.to + spacing);
  const bool at_ceiling = forward.delay_high() + terms_.slack >= header_.promised.delay_ceiling;
  // Held for no more than the ceiling, it says nothing of how much longer the queue is.
  if (terms_.still_at_ceiling && at_ceiling) lane.slot_high = std::max(lane.slot_high, believed + spacing);
  note_busy(forward.exit, lane.slot_low);
}

void LaneBook::perhaps_take(Lane& lane, Instant from, Duration spacing) {
  lane.slot_high = std::max(lane.slot_high, from) + spacing;
}

void LaneBook::perhaps_take_any(Instant from, Duration spacing) {
  unsure_until_ = std::max(unsure_until_, from + header_.promised.delay_ceiling + spacing);
}

void LaneBook::note_busy(std::string_view exit, Instant until) {
  if (exit == busiest_.exit) {
    busiest_.until = std::max(busiest_.until, until);
  } else if (until > busiest_.until) {
    second_busiest_ = busiest_;
    busiest_ = {exit, until};
  } else if (until > second_busiest_.until) {
    second_busiest_ = {exit, until};
  }
}

}  // namespace pinproof::conformance
