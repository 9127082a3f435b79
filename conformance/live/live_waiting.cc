// How long a live target waits, and for what: on a controlled clock until nothing moves any more, on the wall clock until it is time.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "conformance/live/live_session.h"
#include "conformance/live/one_cpu.h"

namespace pinproof::conformance {
namespace {

using std::chrono::steady_clock;

/// How often nothing has to be ready before nothing moves: what one round writes, the kernel has by the next, and one more to be sure.
constexpr int kQuietRounds = 3;

/// Between two looks at what another process says of itself.
constexpr std::chrono::microseconds kPauseFirst{100};
constexpr std::chrono::microseconds kPauseMost{5'000};

/// A request that is no HTTP, which a gateway may be slow to refuse: nobody holds it on purpose.
constexpr std::chrono::seconds kUnsoundWait{2};

/// In this process, a request that nobody holds and with which nothing happens for so long has been left hanging: that is the gateway's
/// doing, and the client's patience will tell.
constexpr std::chrono::milliseconds kHangingAfter{250};

/// More deadlines at one instant than that are a clock that does not get on.
constexpr int kDeadlinesAtOnceMax = 100'000;

}  // namespace

// On the wall clock nothing has to come to rest first: waiting is all there is to it, and settling would take time of its own.

void LiveTarget::Session::wait_for(const std::vector<std::uint64_t>& ids) {
  if (inside_.timeline.is_controlled()) settle();
  for (const std::uint64_t id : ids) {
    while (under_way(id)) {
      if (step(sim::kNever)) continue;
      give_up(id, AnswerEnd::kTimedOut);
      if (inside_.timeline.is_controlled()) settle();
    }
  }
}

void LiveTarget::Session::wait_until(Instant until) {
  if (inside_.timeline.is_controlled()) settle();
  while (step(until)) {
  }
  if (inside_.timeline.is_controlled() && until > now()) inside_.timeline.advance_to(until);
}

void LiveTarget::Session::settle() {
  send_begun();
  come_to_rest();
  if (!inside_.timeline.is_controlled()) return;
  for (int deadlines = 0; inside_.timeline.next_deadline() <= now(); ++deadlines) {
    if (deadlines == kDeadlinesAtOnceMax) throw TargetLost("there is always one more deadline at the same instant");
    inside_.timeline.advance_to(now());
    come_to_rest();
  }
}

bool LiveTarget::Session::step(Instant until) {
  return inside_.timeline.is_controlled() ? step_controlled(until) : step_on_the_wall(until);
}

// To the next deadline or the end of somebody's patience; false when neither is due until then.
bool LiveTarget::Session::step_controlled(Instant until) {
  const Instant deadline = inside_.timeline.next_deadline();
  const Instant patience = patience_ends();
  const Instant next = std::min(deadline, patience);
  if (next > until || next == sim::kNever) return false;
  inside_.timeline.advance_to(next);
  come_to_rest();
  if (deadline > patience) {
    give_up(patience_.begin()->first.second, AnswerEnd::kTimedOut);
    come_to_rest();
  }
  if (inside_.options.in_process) {
    // In the order in which it happened, as far as that costs nothing.
    read_journal();
    record_ended();
  }
  return true;
}

bool LiveTarget::Session::step_on_the_wall(Instant until) {
  const Instant patience = patience_ends();
  if (patience <= now()) {
    give_up(patience_.begin()->first.second, AnswerEnd::kTimedOut);
    return true;
  }
  if (until <= now()) return false;
  inside_.loop.run_one(inside_.timeline.on_the_wall(std::min(until, patience)));
  return true;
}

Instant LiveTarget::Session::patience_ends() const {
  return patience_.empty() ? sim::kNever : patience_.begin()->first.first;
}

void LiveTarget::Session::connect_begun() {
  const WallInstant until = steady_clock::now() + inside_.options.stuck_after;
  for (const auto& [id, connection] : begun_) {
    while (!connection->is_settled()) {
      if (!inside_.loop.run_one(until)) stuck();
    }
  }
  for (int quiet = 0; inside_.options.in_process && quiet < kQuietRounds;) {
    quiet = inside_.loop.run_ready() == 0 ? quiet + 1 : 0;
  }
}

// Connections first, and then the requests: so that none arrives late because its connection took longer than another's.
void LiveTarget::Session::send_begun() {
  if (begun_.empty()) return;
  if (inside_.timeline.is_controlled()) connect_begun();
  const OneCpu in_order(inside_.options.in_process && begun_.size() > 1);
  const auto begun = std::exchange(begun_, {});
  // In this process what is written first is read first, but for a connection that has been used: its next request may take a round more.
  const bool any_is_kept = std::any_of(begun.begin(), begun.end(), [this](const auto& one) {
    const auto request = requests_.find(one.first);
    return request != requests_.end() && request->second.flight.seen().connection_reused;
  });
  const bool one_by_one = inside_.timeline.is_controlled() && (!inside_.options.in_process || any_is_kept);
  for (const auto& [id, connection] : begun) {
    if (const auto request = requests_.find(id); request != requests_.end()) {
      send(id, request->second, request->second.flight.first());
    } else if (const auto call = calls_.find(id); call != calls_.end()) {
      send(id, call->second);
    }
    if (one_by_one) confirm_received();
  }
}

// One after the other: a gateway with many threads may take what comes together in any order.
void LiveTarget::Session::confirm_received() {
  const WallInstant until = steady_clock::now() + inside_.options.stuck_after;
  auto pause = kPauseFirst;
  while (true) {
    inside_.loop.run_ready();
    const auto received = inside_.timeline.received();
    if (!received || *received - heads_before_ + heads_unanswered_ >= heads_sent_) return;
    if (steady_clock::now() > until) stuck();
    inside_.loop.run_one(steady_clock::now() + pause);
    pause = std::min(2 * pause, kPauseMost);
  }
}

void LiveTarget::Session::come_to_rest() {
  const auto begin = steady_clock::now();
  const bool controlled = inside_.timeline.is_controlled();
  const WallInstant until = begin + (controlled ? inside_.options.stuck_after : inside_.options.settling);
  auto pause = kPauseFirst;
  auto moved_at = begin;
  for (int quiet = 0; quiet < (inside_.options.in_process ? kQuietRounds : 1);) {
    const bool moved = inside_.loop.run_ready() > 0;
    if (!inside_.site->own_trouble.empty()) throw TargetLost(std::exchange(inside_.site->own_trouble, {}));
    const auto held = inside_.timeline.held();
    const bool unsound_too = steady_clock::now() < begin + kUnsoundWait;
    if (held ? at_rest(*held, unsound_too) : awaited(true) == 0) {
      quiet = moved ? 0 : quiet + 1;
      if (!inside_.options.in_process) break;
      continue;
    }
    quiet = 0;
    const auto now = steady_clock::now();
    if (moved) moved_at = now;
    // Who cannot count has had its time, and who is on the wall clock may be slow.
    if (!controlled || !held) {
      if (now >= begin + inside_.options.settling) break;
    } else if (now >= until) {
      stuck();
    } else if (inside_.options.in_process && !moved && now >= moved_at + kHangingAfter) {
      hanging_ = awaited(true) - std::min<std::size_t>(awaited(true), *held);
      break;
    }
    if (inside_.loop.run_one(std::min(until, now + pause))) moved_at = steady_clock::now();
    pause = moved ? kPauseFirst : std::min(2 * pause, kPauseMost);
  }
  if (controlled) order_answers();
}

// Everything that was sent has come to the gateway, and is answered or held on purpose.
bool LiveTarget::Session::at_rest(std::uint64_t held, bool unsound_too) {
  if (awaited(unsound_too) > held + hanging_) return false;
  const auto received = inside_.timeline.received();
  return !received || *received - heads_before_ + heads_unanswered_ >= heads_sent_;
}

// Requests and calls that somebody should be working on: not those that wait behind another one on their connection.
std::size_t LiveTarget::Session::awaited(bool unsound_too) const {
  std::size_t not_owed = inside_.site->queued;
  if (unsound_ > 0) {
    for (const auto& [id, request] : requests_) {
      const RequestShape shape = request.flight.seen().shape;
      if (shape == RequestShape::kHalfHead || (shape != RequestShape::kSound && !unsound_too)) ++not_owed;
    }
  }
  return requests_.size() + calls_.size() - not_owed;
}

void LiveTarget::Session::keep_to_limits() {
  if (inside_.timeline.is_controlled()) return;
  const LiveTargetOptions& options = inside_.options;
  while (options.in_flight_max && requests_.size() + calls_.size() >= *options.in_flight_max) step(sim::kNever);
  if (!options.requests_per_second_max) return;
  while (steady_clock::now() < next_send_) inside_.loop.run_one(next_send_);
  const std::chrono::nanoseconds apart(static_cast<std::int64_t>(1e9 / *options.requests_per_second_max));
  next_send_ = std::max(steady_clock::now(), next_send_) + apart;
}

void LiveTarget::Session::stuck() const {
  std::string which;
  constexpr std::size_t kNamed = 5;
  std::size_t named = 0;
  for (const auto& [id, request] : requests_) {
    if (++named > kNamed) break;
    which += fmt::format("{}{} {}{}", named > 1 ? ", " : "", request.flight.seen().method, request.flight.seen().host,
                         request.flight.seen().path);
  }
  const auto seconds = std::chrono::duration<double>(inside_.options.stuck_after).count();
  throw TargetLost(fmt::format(
      "{} requests and {} calls are neither answered nor held after {:g} s of the wall clock{}{}; the gateway has "
      "received {} of {}, and {} are held",
      requests_.size(), calls_.size(), seconds, which.empty() ? "" : ": ", which,
      inside_.timeline.received().value_or(heads_before_) - heads_before_, heads_sent_,
      inside_.timeline.held().value_or(0)));
}

}  // namespace pinproof::conformance
