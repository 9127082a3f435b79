// Judges user names and credentials: every request by all name rules. Keeps no state.
#pragma once

#include <vector>

#include "conformance/judge/facts/fact_monitor.h"
#include "conformance/judge/facts/tally.h"

namespace pinproof::conformance {

class NameMonitor final : public FactMonitor {
 public:
  explicit NameMonitor(const HistoryHeader& header) : header_(header) {}
  void exchange(const ExchangePtr& shared) override;
  std::vector<Finding> conclude() override { return tally_.findings(header_.promised); }

 private:
  const HistoryHeader& header_;
  Tally tally_;
  Holdings holdings_;  // of what is judged now
};

}  // namespace pinproof::conformance
