// Every monitor there is. A monitor for a requirement is one file and its test, and one line here.
#include "conformance/judge/expectation_monitor.h"
#include "conformance/judge/facts/fact_monitor.h"
#include "conformance/judge/monitor.h"

namespace pinproof::conformance {

std::vector<std::unique_ptr<Monitor>> make_monitors(const HistoryHeader& header, bool expectations) {
  std::vector<std::unique_ptr<Monitor>> monitors;
  if (expectations) monitors.push_back(std::make_unique<ExpectationMonitor>(header));
  monitors.push_back(std::make_unique<FactMonitors>(header));
  return monitors;
}

}  // namespace pinproof::conformance
