// The monitor for what scenarios expect: rules on each expectation of the history, against the observations that it names. A finding
// for each, in the order of the history.
#pragma once

#include <vector>

#include "conformance/judge/monitor.h"
#include "conformance/judge/seen.h"

namespace pinproof::conformance {

class ExpectationMonitor final : public Monitor {
 public:
  explicit ExpectationMonitor(const HistoryHeader& header) : seen_(header) {}

  void record(const Record& record) override;
  /// Findings without a requirement are about preconditions: kPass, or kSetupFail. What is expected after an unmet precondition proves
  /// nothing, and is kSetupFail too.
  std::vector<Finding> conclude() override;

 private:
  Seen seen_;
  std::vector<Expectation> expectations_;
};

}  // namespace pinproof::conformance
