// C-RET-5: a retry is a request to its exit: it keeps the spacing, and the next one keeps the spacing to it.
#include "conformance/judge/pacing/pacing_rules.h"

namespace pinproof::conformance {

void c_ret_5(const PaceStep& step, Holdings& holdings) {
  if (judge_gap(step, "C-RET-5", holdings)) return;
  if (step.gap() != Gap::kKept || step.owner_of_short_gap() != "C-RET-5") return;
  // Far apart they say nothing of the spacing.
  if (step.forward->placed_at < step.previous->to + step.owed()) held(holdings, "C-RET-5");
}

}  // namespace pinproof::conformance
