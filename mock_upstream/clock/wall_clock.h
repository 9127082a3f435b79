// The wall clock since this was made, one to one or scaled: at scale 60 a second of the wall is a minute here.
#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <chrono>
#include <memory>

#include "mock_upstream/clock/alarms.h"
#include "mock_upstream/clock/clock.h"
#include "mock_upstream/net/task.h"

namespace pinproof::mock_upstream {

class WallClock final : public Clock {
 public:
  explicit WallClock(const Executor& executor, double scale = 1.0);
  ~WallClock() override;
  WallClock(const WallClock&) = delete;
  WallClock& operator=(const WallClock&) = delete;

  Instant now() const override;
  Alarm set(Instant at, std::function<void()> due) override;
  void cancel(Alarm alarm) override;
  Instant next_deadline() const override { return alarms_.earliest(); }
  bool is_controlled() const override { return false; }
  void advance_to(Instant to) override;

 private:
  using Timer =
      asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
  void arm();
  void ring();

  Timer timer_;
  std::chrono::steady_clock::time_point start_;
  double scale_;
  Alarms alarms_;
  Instant armed_for_ = sim::kNever;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace pinproof::mock_upstream
