// Judges retries: every request whose upstream failed, and every one that says how often to retry. Needs to see the attempts.
#pragma once

#include <vector>

#include "conformance/judge/facts/fact_monitor.h"
#include "conformance/judge/facts/tally.h"

namespace pinproof::conformance {

class RetryMonitor final : public FactMonitor {
 public:
  explicit RetryMonitor(const HistoryHeader& header) : header_(header) {}
  void exchange(const ExchangePtr& shared) override;
  std::vector<Finding> conclude() override { return tally_.findings(header_.promised); }

 private:
  const HistoryHeader& header_;
  Tally tally_;
  Holdings holdings_;  // of what is judged now
};

}  // namespace pinproof::conformance
