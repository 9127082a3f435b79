// H-PIN-11: expiry wins over a drop. After the window's end there is a new session, not a re-pin.
#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_pin_11(const PinStep& step, Holdings& holdings) {
  if (step.life != Life::kOver || !step.through_exit() || step.loss == Loss::kNone) return;
  if (!step.exchange.announced) return held(holdings, "H-PIN-11");
  broken(holdings, "H-PIN-11",
         "the exit was lost and then the window ended, yet the new session was announced as a re-pin",
         {step.prior->last_ok});
}

}  // namespace pinproof::conformance
