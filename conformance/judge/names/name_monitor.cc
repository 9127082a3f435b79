#include "conformance/judge/names/name_monitor.h"

#include "conformance/judge/names/name_rules.h"

namespace pinproof::conformance {

void NameMonitor::exchange(const Exchange& exchange) {
  const auto asked = read_asked(header_, exchange.seen);
  if (!asked) return;
  const NameStep step{header_, exchange, *asked};
  Holdings holdings;
  for (const NameRule rule : name_rules()) rule(step, holdings);
  for (const Holding& holding : holdings) tally_.add(holding, exchange.seen.id);
}

}  // namespace pinproof::conformance
