#include "mock_upstream/clock/alarms.h"

#include "sim/core/check.h"

namespace pinproof::mock_upstream {

Clock::Alarm Alarms::add(Instant at, std::function<void()> due) {
  const std::uint64_t sequence = ++sequence_;
  due_.emplace(Key(at, sequence), std::move(due));
  instants_.emplace(sequence, at);
  return Clock::Alarm{sequence};
}

void Alarms::remove(Clock::Alarm alarm) {
  const auto found = instants_.find(static_cast<std::uint64_t>(alarm));
  if (found == instants_.end()) return;
  due_.erase(Key(found->second, found->first));
  instants_.erase(found);
}

std::function<void()> Alarms::take() {
  PINPROOF_CHECK(!due_.empty(), "no alarm is set");
  auto first = due_.extract(due_.begin());
  instants_.erase(first.key().second);
  return std::move(first.mapped());
}

}  // namespace pinproof::mock_upstream
