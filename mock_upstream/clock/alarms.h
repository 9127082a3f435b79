// The alarms of a clock, in the order in which they ring.
#pragma once

#include <functional>
#include <map>
#include <utility>

#include "mock_upstream/clock/clock.h"

namespace pinproof::mock_upstream {

class Alarms {
 public:
  Clock::Alarm add(Instant at, std::function<void()> due);
  void remove(Clock::Alarm alarm);
  Instant earliest() const { return due_.empty() ? sim::kNever : due_.begin()->first.first; }

  /// Takes out the earliest, which there has to be.
  std::function<void()> take();

 private:
  using Key = std::pair<Instant, std::uint64_t>;
  std::map<Key, std::function<void()>> due_;
  std::map<std::uint64_t, Instant> instants_;  // by alarm
  std::uint64_t sequence_ = 0;
};

}  // namespace pinproof::mock_upstream
