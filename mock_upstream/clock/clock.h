// The clock that the mock upstreams live by, handed in by whoever starts them. Scenario time only: slow answers, exits that come back,
// schedules. Idle connections are on the wall clock whatever the clock is (net/idle_watch.h).
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "sim/core/time.h"

namespace pinproof::mock_upstream {

using sim::Duration;
using sim::Instant;

class Clock {
 public:
  enum class Alarm : std::uint64_t {};

  virtual ~Clock() = default;

  /// Inside an alarm this is the instant that it was set for, on a controlled clock.
  virtual Instant now() const = 0;

  /// Calls `due` once, at `at` or at once after it, never from inside this call. Equal instants in the order in which they were set.
  virtual Alarm set(Instant at, std::function<void()> due) = 0;

  /// Nothing when it has rung or was cancelled.
  virtual void cancel(Alarm alarm) = 0;

  /// The earliest alarm; kNever when there is none.
  virtual Instant next_deadline() const = 0;

  /// True when POST /clock/advance moves it.
  virtual bool is_controlled() const = 0;

  /// Moves to `to`, not before now, and rings what is due up to there, also what was set on the way. Only a controlled clock.
  virtual void advance_to(Instant to) = 0;
};

}  // namespace pinproof::mock_upstream
