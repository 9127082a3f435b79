// Judges what a gateway sends on, and what it bills for it: every request that the origin saw, and every list of sessions.
#pragma once

#include <vector>

#include "conformance/judge/facts/fact_monitor.h"
#include "conformance/judge/facts/tally.h"
#include "conformance/judge/forwarding/usage_book.h"

namespace pinproof::conformance {

class ForwardingMonitor final : public FactMonitor {
 public:
  explicit ForwardingMonitor(const HistoryHeader& header) : header_(header), usage_(header) {}
  void exchange(const ExchangePtr& shared) override;
  void broken_exchange(const ExchangePtr& shared) override;
  void api_call(const ApiCall& call) override;
  std::vector<Finding> conclude() override { return tally_.findings(header_.promised); }

 private:
  const HistoryHeader& header_;
  UsageBook usage_;
  Tally tally_;
  Holdings holdings_;  // of what is judged now
};

}  // namespace pinproof::conformance
