// H-STK-1: the same exit all through the window. A silent change is this row's, unless a narrower one owns its trigger: a change of
// method (H-STK-2), the opening requests (H-STK-10), a re-pinned window (H-PIN-3), a neighbour's drop (H-PIN-7).
#include <fmt/format.h>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_stk_1(const PinStep& step, Holdings& holdings) {
  if (!step.alive() || !step.through_exit() || !step.undisturbed() || step.overlaps_opening) return;
  if (!step.changed()) {
    if (!step.exchange.announced) held(holdings, "H-STK-1");
    return;
  }
  if (step.exchange.announced || step.seen().via != step.prior->last_via || step.past_replaced_end()) return;
  broken(
      holdings, "H-STK-1",
      fmt::format(
          "the session was on {} and nothing was lost, yet inside its window this request left through {}, unannounced",
          step.prior->exit, step.exchange.exit),
      {step.prior->last_ok});
}

}  // namespace pinproof::conformance
