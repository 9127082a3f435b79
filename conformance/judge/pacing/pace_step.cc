#include "conformance/judge/pacing/pace_step.h"

#include <algorithm>

namespace pinproof::conformance {
namespace {

bool of_two_sessions(const PacedRequest& left, const PacedRequest& right) {
  return !left.session.empty() && !right.session.empty() && left.session != right.session;
}

}  // namespace

bool known_before(const PacedRequest& left, const PacedRequest& right, Duration slack) {
  if (left.arrived_by + slack < right.sent_at) return true;
  const bool ordered = left.arrives_as_sent && right.arrives_as_sent && left.sent_order != 0 && right.sent_order != 0;
  return ordered && left.sent_order < right.sent_order;
}

std::string reading_of(const HistoryHeader& header, std::string_view name) {
  return std::string(name) + '=' + header.readings.find(name)->second;
}

PacingTerms::PacingTerms(const HistoryHeader& header) {
  const Readings& readings = header.readings;
  const std::string& said = readings.at("pacing_law");
  law = said == "queue" ? Law::kQueue : said == "open" ? Law::kOpen : Law::kGrowing;
  lane_by_host = readings.at("pacing_scope") == "exit_and_domain";
  still_at_ceiling = readings.at("over_ceiling") == "still_900";
  own_announced = readings.at("announced_delay") != "next";
  next_announced = readings.at("announced_delay") != "own";
  slack = 2 * header.tolerance;
  transit_takes_time = header.clock == ClockKind::kWall;
}

Duration PaceStep::owed() const {
  if (terms.law == PacingTerms::Law::kQueue) return previous->request->spacing;
  return std::min(previous->request->spacing, request->spacing);
}

Gap PaceStep::gap() const {
  if (!forward || !previous) return Gap::kNone;
  // A connection that nobody took is no request through the exit; only for tries of one request does it count (C-RET-5).
  const bool same_request = previous->request->id == request->id;
  if ((forward->refused || previous->refused) && !same_request) return Gap::kNone;
  const bool at_ceiling = forward->delay_high() + terms.slack >= header.promised.delay_ceiling;
  if (at_ceiling && terms.still_at_ceiling) return Gap::kNone;
  if (gap_high() + terms.slack < owed()) return Gap::kShort;
  return gap_low() + terms.slack >= owed() ? Gap::kKept : Gap::kOpen;
}

bool PaceStep::not_grown() const {
  if (!forward || forward->retry || !placement.before) return false;
  const Forward& before = *placement.before;
  const PacedRequest& earlier = *before.request;
  if (!known_before(earlier, *request, terms.slack) || of_two_sessions(earlier, *request)) return false;
  const Duration apart = request->arrived_by - earlier.sent_at + terms.slack;
  const Duration close =
      terms.law == PacingTerms::Law::kQueue ? earlier.spacing : std::min(earlier.spacing, request->spacing);
  const bool below_cap = before.delay_high() < header.promised.delay_ceiling;
  if (apart >= close || !below_cap || before.delay_low() <= terms.slack) return false;
  // Not held at all beside another host: the hosts don't share a lane, which is C-PAC-1's.
  if (forward->delay_high() <= terms.slack && earlier.host != request->host) return false;
  // Of two delays each is a difference of its own.
  return forward->delay_high() + 2 * terms.slack <= before.delay_low();
}

std::string_view PaceStep::owner_of_short_gap() const {
  const bool intruded = overtaker && overtaker->request->id == previous->request->id && previous->too_early;
  if (intruded) return {};
  const bool same_request = request->id == previous->request->id;
  if (same_request && request->forwarded_again) return {};  // no retry, since nothing had failed: C-PAC-9
  if (forward->retry || previous->retry) return "C-RET-5";
  if (of_two_sessions(*previous->request, *request)) return "C-PAC-8";
  if (not_grown()) return "C-PAC-4";
  return previous->request->own_spacing || request->own_spacing ? "C-PAC-2" : "C-PAC-1";
}

bool PaceStep::over_limit() const { return forward && placement.slot_high > forward->placed_at; }

bool PaceStep::free() const { return due() <= forward->placed_at; }

Instant PaceStep::due() const {
  const Instant placed = forward->placed_at;
  if (terms.law == PacingTerms::Law::kQueue) return std::max(placed, placement.slot_high);
  // A pause long enough, by what is known of the law: past the last slot and another wait like the last one; or, where nothing is
  // known, the longest delay there can be.
  Instant calm = placement.slot_high;
  if (placement.before) {
    const Duration room =
        terms.law == PacingTerms::Law::kOpen ? header.promised.delay_ceiling : placement.before->delay_high();
    calm = std::max(calm, placement.before->to + room);
  }
  return calm <= placed ? placed : sim::kNever;
}

bool PaceStep::prompt() const {
  const Instant latest = due();
  return forward && latest != sim::kNever && forward->from <= latest + terms.slack;
}

bool PaceStep::too_late() const {
  if (!forward || forward->retry || placement.unsure || overtaker || perhaps_overtaken || over_ceiling()) return false;
  const Instant latest = due();
  return latest != sim::kNever && forward->from > latest + terms.slack + transit_max();
}

std::string_view PaceStep::owner_of_delay() const {
  const bool other_busy = placement.other_slot > forward->placed_at;
  const Duration off = forward->from - placement.other_slot;
  const bool waited_for_other = other_busy && off <= terms.slack && -off <= terms.slack;
  if (free()) {
    if (placement.built_up && !waited_for_other) return "C-PAC-7";
    if (other_busy) return "C-PAC-8";
    return placement.used ? "C-PAC-7" : "C-PAC-1";
  }
  if (waited_for_other) return "C-PAC-8";
  return placement.before && placement.before->request->own_spacing ? "C-PAC-2" : "C-PAC-4";
}

bool PaceStep::over_ceiling() const {
  return forward && !forward->retry &&
         forward->delay_low() > header.promised.delay_ceiling + terms.slack + transit_max();
}

}  // namespace pinproof::conformance
