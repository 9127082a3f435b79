// H-POOL-2: an id that was never used before is a new session, whatever became of the one that was given up: nothing to re-pin, nothing to
// announce. Only where a run made the id is it known to be new.
#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_pool_2(const PinStep& step, Holdings& holdings) {
  if (step.life != Life::kNone || step.header.scenario.empty() || !step.through_exit()) return;
  if (!step.exchange.announced) return held(holdings, "H-POOL-2");
  broken(holdings, "H-POOL-2", "the first request of a new id, yet it was announced as a re-pin");
}

}  // namespace pinproof::conformance
