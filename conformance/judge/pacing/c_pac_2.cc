// C-PAC-2: a domain with a delay of its own gets that one: no less between two requests, and by the law of the queue no more.
#include <algorithm>

#include "conformance/judge/pacing/pacing_rules.h"

namespace pinproof::conformance {

void c_pac_2(const PaceStep& step, Holdings& holdings) {
  if (judge_gap(step, "C-PAC-2", holdings) || judge_delay(step, "C-PAC-2", holdings)) return;
  if (step.gap() != Gap::kKept || step.owner_of_short_gap() != "C-PAC-2" || step.too_late()) return;
  // Close enough that the default delay would have shown, too.
  const Duration either = std::max(step.owed(), step.header.promised.default_delay);
  if (step.forward->placed_at < step.previous->to + either) held(holdings, "C-PAC-2");
}

}  // namespace pinproof::conformance
