#include "mock_upstream/clock/wall_clock.h"

#include <algorithm>
#include <cmath>

#include "sim/core/check.h"

namespace pinproof::mock_upstream {
namespace {

// The longest that the timer is set for at once: what is further off is waited for in parts, and never overflows.
constexpr auto kWaitMax = std::chrono::hours(1);

}  // namespace

WallClock::WallClock(const Executor& executor, double scale)
    : timer_(executor), start_(std::chrono::steady_clock::now()), scale_(scale) {
  PINPROOF_CHECK(std::isfinite(scale) && scale > 0, "a clock scaled by {}", scale);
}

WallClock::~WallClock() { *alive_ = false; }

Instant WallClock::now() const {
  const Duration passed = std::chrono::steady_clock::now() - start_;
  if (scale_ == 1.0) return sim::kStart + passed;
  return sim::kStart + Duration(static_cast<std::int64_t>(static_cast<double>(passed.count()) * scale_));
}

Clock::Alarm WallClock::set(Instant at, std::function<void()> due) {
  const Alarm alarm = alarms_.add(at, std::move(due));
  arm();
  return alarm;
}

void WallClock::cancel(Alarm alarm) {
  alarms_.remove(alarm);
  arm();
}

void WallClock::advance_to(Instant) { PINPROOF_CHECK(false, "a wall clock is not moved"); }

void WallClock::arm() {
  const Instant next = alarms_.earliest();
  if (next == armed_for_) return;
  armed_for_ = next;
  timer_.cancel();
  if (next == sim::kNever) return;
  const double left = static_cast<double>((next - now()).count()) / scale_;
  const double most = static_cast<double>(Duration(kWaitMax).count());
  // One nanosecond more than the rest, so that it is not found a fraction too early.
  timer_.expires_after(Duration(static_cast<std::int64_t>(std::clamp(left, 0.0, most)) + 1));
  timer_.async_wait([this, alive = alive_](const Error& error) {
    if (*alive && !error) ring();
  });
}

void WallClock::ring() {
  const Instant until = now();
  while (alarms_.earliest() <= until && alarms_.earliest() != sim::kNever) {
    const auto due = alarms_.take();
    due();
  }
  armed_for_ = sim::kNever;
  arm();
}

}  // namespace pinproof::mock_upstream
