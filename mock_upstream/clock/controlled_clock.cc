#include "mock_upstream/clock/controlled_clock.h"

#include <algorithm>

#include "sim/core/check.h"

namespace pinproof::mock_upstream {

Clock::Alarm ControlledClock::set(Instant at, std::function<void()> due) {
  return alarms_.add(std::max(at, now_), std::move(due));
}

void ControlledClock::advance_to(Instant to) {
  PINPROOF_CHECK(to >= now_, "the clock was to go back from {} ns to {} ns", now_.time_since_epoch().count(),
                 to.time_since_epoch().count());
  while (alarms_.earliest() <= to && alarms_.earliest() != sim::kNever) {
    now_ = alarms_.earliest();
    const auto due = alarms_.take();
    due();
  }
  now_ = to;
}

bool ControlledClock::rewind() {
  if (next_deadline() != sim::kNever) return false;
  now_ = sim::kStart;
  return true;
}

}  // namespace pinproof::mock_upstream
