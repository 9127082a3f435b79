#include "conformance/judge/retries/retry_monitor.h"

#include "conformance/judge/retries/retry_rules.h"

namespace pinproof::conformance {

void RetryMonitor::exchange(const ExchangePtr& shared) {
  const Exchange& exchange = *shared;
  if (!exchange.upstream_visible) return;
  // By far the most requests go out once and ask for nothing.
  const std::vector<UpstreamSaw>& saw = exchange.upstream;
  const bool plain =
      saw.size() == 2 && saw[0].event == UpstreamEvent::kForwarded && saw[1].event == UpstreamEvent::kAnswered;
  if (plain && !exchange.seen.sent.has(header_.vocabulary.max_retries)) return;
  const RetryStep step = retry_step_of(header_, exchange);
  for (const RetryRule rule : retry_rules()) rule(step, holdings_);
  tally_.take(holdings_, exchange.seen.id);
}

}  // namespace pinproof::conformance
