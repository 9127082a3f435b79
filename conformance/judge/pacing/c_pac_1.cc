// C-PAC-1: two requests through one exit are the default delay apart. Narrower rows own: domains with their own delay (C-PAC-2), a delay
// that does not grow (C-PAC-4), requests of two sessions (C-PAC-8), retries (C-RET-5). A delay on an exit that nobody had used, with
// nobody else being held, is against the law of this row.
#include "conformance/judge/pacing/pacing_rules.h"

namespace pinproof::conformance {

void c_pac_1(const PaceStep& step, Holdings& holdings) {
  if (judge_gap(step, "C-PAC-1", holdings) || judge_delay(step, "C-PAC-1", holdings)) return;
  // Requests far apart say nothing of the spacing.
  if (step.gap() != Gap::kKept || step.owner_of_short_gap() != "C-PAC-1" || !step.over_limit()) return;
  holdings.push_back({"C-PAC-1", Verdict::kPass, {}, {}, reading_of(step.header, "pacing_scope")});
}

}  // namespace pinproof::conformance
