// A monitor that judges facts: exchanges joined and in the order of sending, not raw records. All of them share one assembler and one log of
// what was done to exits.
#pragma once

#include <memory>
#include <vector>

#include "conformance/judge/facts/assembler.h"
#include "conformance/judge/facts/exit_log.h"
#include "conformance/judge/monitor.h"

namespace pinproof::conformance {

class FactMonitor {
 public:
  virtual ~FactMonitor() = default;
  virtual void exchange(const ExchangePtr& exchange) = 0;
  /// A request that was broken on purpose as bytes: no promise speaks of it but G-3.
  virtual void broken_exchange(const ExchangePtr&) {}
  void take(const ExchangePtr& one) { one->seen.shape == RequestShape::kSound ? exchange(one) : broken_exchange(one); }
  virtual void api_call(const ApiCall&) {}
  virtual std::vector<Finding> conclude() = 0;
};

/// The fact monitors for a history of this dialect; the list stands in fact_monitors.cc.
std::vector<std::unique_ptr<FactMonitor>> make_fact_monitors(const HistoryHeader& header, const ExitLog& log);

/// All of them as the one monitor that the judge feeds.
class FactMonitors final : public Monitor, private FactSink {
 public:
  explicit FactMonitors(const HistoryHeader& header);
  void record(const Record& record) override;
  std::vector<Finding> conclude() override;

 private:
  void exchange(const ExchangePtr& shared) override;
  void api_call(const ApiCall& call) override;
  void exit_acted(const ExitActed& acted) override;

  HistoryHeader header_;
  ExitLog log_;
  Assembler assembler_;
  std::vector<std::unique_ptr<FactMonitor>> monitors_;
};

}  // namespace pinproof::conformance
