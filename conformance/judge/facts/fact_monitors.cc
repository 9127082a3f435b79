// Every monitor of facts there is. A new one is a folder of rules with its monitor, and one line here.
#include "conformance/judge/facts/fact_monitor.h"
#include "conformance/judge/forwarding/forwarding_monitor.h"
#include "conformance/judge/issued/issued_monitor.h"
#include "conformance/judge/names/name_monitor.h"
#include "conformance/judge/pacing/pacing_monitor.h"
#include "conformance/judge/pins/pin_monitor.h"
#include "conformance/judge/retries/retry_monitor.h"
#include "conformance/judge/rotation/rotation_monitor.h"

namespace pinproof::conformance {

std::vector<std::unique_ptr<FactMonitor>> make_fact_monitors(const HistoryHeader& header, const ExitLog& log) {
  std::vector<std::unique_ptr<FactMonitor>> monitors;
  monitors.push_back(std::make_unique<NameMonitor>(header));
  monitors.push_back(std::make_unique<RotationMonitor>(header, log));
  monitors.push_back(std::make_unique<PinMonitor>(header, log));
  if (!header.vocabulary.session.empty()) monitors.push_back(std::make_unique<IssuedMonitor>(header, log));
  if (!header.vocabulary.next_request_in.empty()) monitors.push_back(std::make_unique<PacingMonitor>(header));
  if (!header.vocabulary.max_retries.empty()) monitors.push_back(std::make_unique<RetryMonitor>(header));
  monitors.push_back(std::make_unique<ForwardingMonitor>(header));
  return monitors;
}

FactMonitors::FactMonitors(const HistoryHeader& header)
    : header_(header),
      log_(header_.tolerance),
      assembler_(header_, *this),
      monitors_(make_fact_monitors(header_, log_)) {}

void FactMonitors::record(const Record& record) { assembler_.record(record); }

std::vector<Finding> FactMonitors::conclude() {
  assembler_.conclude();
  std::vector<Finding> all;
  for (const auto& monitor : monitors_) {
    for (Finding& finding : monitor->conclude()) all.push_back(std::move(finding));
  }
  return all;
}

void FactMonitors::exchange(const ExchangePtr& exchange) {
  for (const auto& monitor : monitors_) monitor->take(exchange);
}

void FactMonitors::api_call(const ApiCall& call) {
  for (const auto& monitor : monitors_) monitor->api_call(call);
}

void FactMonitors::exit_acted(const ExitActed& acted) { log_.record(acted); }

}  // namespace pinproof::conformance
