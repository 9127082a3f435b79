// H-STK-10: first requests that overlap settle on one exit.
#include <fmt/format.h>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_stk_10(const PinStep& step, Holdings& holdings) {
  if (!step.alive() || !step.through_exit() || step.loss != Loss::kNone || !step.overlaps_opening) return;
  if (!step.changed()) return held(holdings, "H-STK-10");
  if (step.exchange.announced) return;
  broken(holdings, "H-STK-10",
         fmt::format("two first requests at once left through {} and {}", step.prior->exit, step.exchange.exit),
         {step.prior->opened_by});
}

}  // namespace pinproof::conformance
