// A clock that moves when it is told to, from alarm to alarm.
#pragma once

#include "mock_upstream/clock/alarms.h"
#include "mock_upstream/clock/clock.h"

namespace pinproof::mock_upstream {

class ControlledClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  Alarm set(Instant at, std::function<void()> due) override;
  void cancel(Alarm alarm) override { alarms_.remove(alarm); }
  Instant next_deadline() const override { return alarms_.earliest(); }
  bool is_controlled() const override { return true; }
  void advance_to(Instant to) override;

  /// Back to the start, for whoever begins anew with everything that lives by it; false, and nothing, where an alarm is still set.
  bool rewind();

 private:
  Alarms alarms_;
  Instant now_ = sim::kStart;
};

}  // namespace pinproof::mock_upstream
