#include "conformance/run/timing.h"

#include <algorithm>
#include <variant>
#include <vector>

namespace pinproof::conformance {
namespace {

std::uint64_t microseconds(Duration duration) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count() / 1000, 0));
}

/// The smallest of them that `percent` are not over.
Duration percentile(const std::vector<Duration>& sorted, std::size_t percent) {
  return sorted[(sorted.size() * percent + 99) / 100 - 1];
}

}  // namespace

void AnswerTimes::add(const Record& record) {
  const auto* const seen = std::get_if<Observation>(&record);
  if (seen == nullptr || seen->status == 0) return;
  waits_.push_back(seen->answered_at - seen->sent_at);
  if (!first_ || seen->sent_at < *first_) first_ = seen->sent_at;
  last_ = std::max(last_, seen->answered_at);
}

reports::Timing AnswerTimes::timing() const {
  if (waits_.empty()) return {};
  std::vector<Duration> waits = waits_;
  std::sort(waits.begin(), waits.end());
  return {waits.size(), microseconds(percentile(waits, 50)), microseconds(percentile(waits, 95)),
          microseconds(waits.back()), microseconds(last_ - *first_)};
}

reports::Timing timing_of(const History& history) {
  AnswerTimes times;
  for (const Record& record : history.records) times.add(record);
  return times.timing();
}

}  // namespace pinproof::conformance
