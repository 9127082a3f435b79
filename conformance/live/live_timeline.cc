#include "conformance/live/live_timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/core/check.h"

namespace pinproof::conformance {
namespace {

sim::Duration since_zero(sim::Instant instant) { return instant.time_since_epoch(); }

/// A deadline of a clock that showed `zero` at the restart.
sim::Instant relative(sim::Instant at, sim::Duration zero) { return at == sim::kNever ? at : at - zero; }

void check_reached(const char* whose, const ClockState& state, sim::Instant to) {
  if (state.now >= to && state.next_deadline > to) return;
  throw ControlLost(fmt::format("{} was moved to {} ns, and stands at {} ns with a deadline at {} ns", whose,
                                since_zero(to).count(), since_zero(state.now).count(),
                                since_zero(state.next_deadline).count()));
}

}  // namespace

LiveTimeline::LiveTimeline(ClockKind kind, double scale, ClockControl* gateway, UpstreamControl* upstreams)
    : kind_(kind), scale_(scale), gateway_(gateway), upstreams_(upstreams), started_(std::chrono::steady_clock::now()) {
  PINPROOF_CHECK(kind != ClockKind::kVirtual, "a live target on virtual time");
  PINPROOF_CHECK(kind != ClockKind::kControlled || gateway != nullptr, "no clock to control");
  PINPROOF_CHECK(std::isfinite(scale) && scale > 0, "a clock scaled by {}", scale);
}

void LiveTimeline::restart() {
  started_ = std::chrono::steady_clock::now();
  now_ = sim::kStart;
  if (gateway_ != nullptr) gateway_zero_ = since_zero(gateway_->state().now);
  if (auto* const clock = upstream_clock()) upstreams_zero_ = since_zero(clock->state().now);
}

sim::Instant LiveTimeline::now() const {
  if (is_controlled()) return now_;
  const std::chrono::nanoseconds passed = std::chrono::steady_clock::now() - started_;
  if (scale_ == 1.0) return sim::kStart + passed;
  return sim::kStart + sim::Duration(static_cast<std::int64_t>(static_cast<double>(passed.count()) * scale_));
}

sim::Instant LiveTimeline::next_deadline() {
  PINPROOF_CHECK(is_controlled(), "a wall clock has no deadline to go to");
  sim::Instant next = relative(gateway_->state().next_deadline, gateway_zero_);
  if (auto* const clock = upstream_clock()) {
    next = std::min(next, relative(clock->state().next_deadline, upstreams_zero_));
  }
  return std::max(next, now_);
}

void LiveTimeline::advance_to(sim::Instant to) {
  PINPROOF_CHECK(is_controlled() && to >= now_, "from {} ns to {} ns", since_zero(now_).count(),
                 since_zero(to).count());
  // First, since what the clocks let go arrives while they are being told over a network.
  now_ = to;
  if (auto* const clock = upstream_clock()) {
    check_reached("the upstreams' clock", clock->advance_to(to + upstreams_zero_), to + upstreams_zero_);
  }
  check_reached("the gateway's clock", gateway_->advance_to(to + gateway_zero_), to + gateway_zero_);
}

std::optional<std::uint64_t> LiveTimeline::received() {
  if (gateway_ == nullptr) return std::nullopt;
  const auto counts = gateway_->state().counts;
  return counts ? std::optional(counts->received) : std::nullopt;
}

std::optional<std::uint64_t> LiveTimeline::held() {
  if (gateway_ == nullptr) return std::nullopt;
  const auto at_gateway = gateway_->state().counts;
  if (!at_gateway) return std::nullopt;
  auto* const clock = upstream_clock();
  const auto upstream = clock == nullptr ? std::nullopt : clock->state().counts;
  return at_gateway->held + (upstream ? upstream->held : 0);
}

sim::Instant LiveTimeline::of_upstreams(sim::Instant at) const { return at - upstreams_zero_; }

LiveTimeline::WallInstant LiveTimeline::on_the_wall(sim::Instant at) const {
  PINPROOF_CHECK(!is_controlled(), "a controlled clock is not on the wall");
  // Far enough for anybody, and no overflow.
  constexpr auto kFarthest = std::chrono::hours(24 * 365);
  const double left = static_cast<double>(since_zero(at).count()) / scale_;
  const double most = static_cast<double>(std::chrono::nanoseconds(kFarthest).count());
  return started_ + std::chrono::nanoseconds(static_cast<std::int64_t>(std::min(left, most)) + 1);
}

}  // namespace pinproof::conformance
