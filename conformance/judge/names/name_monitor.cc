#include "conformance/judge/names/name_monitor.h"

#include "conformance/judge/names/name_rules.h"

namespace pinproof::conformance {

void NameMonitor::exchange(const ExchangePtr& shared) {
  const Exchange& exchange = *shared;
  const Asked* const asked = exchange.asked.get();
  if (!asked) return;
  const NameStep step{header_, exchange, *asked};
  for (const NameRule rule : name_rules()) rule(step, holdings_);
  tally_.take(holdings_, exchange.seen.id);
}

}  // namespace pinproof::conformance
