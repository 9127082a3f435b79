// C-PAC-8: the delay is the exit's: sessions that share one share its spacing, and nobody waits for another exit's queue.
#include "conformance/judge/pacing/pacing_rules.h"

namespace pinproof::conformance {

void c_pac_8(const PaceStep& step, Holdings& holdings) {
  if (judge_gap(step, "C-PAC-8", holdings) || judge_delay(step, "C-PAC-8", holdings)) return;
  if (!step.forward || step.forward->retry || step.too_late() || step.placement.unsure) return;
  const bool shared = step.gap() == Gap::kKept && step.owner_of_short_gap() == "C-PAC-8" && step.over_limit();
  const bool alone = step.prompt() && step.free() &&
                     step.placement.other_slot > step.forward->placed_at + step.terms.slack && !step.overtaker;
  if (shared || alone) held(holdings, "C-PAC-8");
}

}  // namespace pinproof::conformance
