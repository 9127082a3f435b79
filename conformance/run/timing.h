// When a scenario's requests were answered, in a few numbers: what two runs are compared by.
#pragma once

#include <optional>
#include <vector>

#include "conformance/history/history.h"
#include "reports/result.h"

namespace pinproof::conformance {

class AnswerTimes {
 public:
  void add(const Record& record);

  /// Of the requests that were answered; all 0 where none was. Percentiles by nearest rank, so that each is a time that was seen.
  reports::Timing timing() const;

 private:
  std::vector<Duration> waits_;
  std::optional<Instant> first_;
  Instant last_;
};

reports::Timing timing_of(const History& history);

}  // namespace pinproof::conformance
