// H-STK-5: expiry is no re-pin, so the first request after it is not announced as one. (With a drop before it, H-PIN-11 speaks.)
#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_stk_5(const PinStep& step, Holdings& holdings) {
  if (step.life != Life::kOver || !step.through_exit() || step.loss != Loss::kNone) return;
  if (!step.exchange.announced) return held(holdings, "H-STK-5");
  broken(holdings, "H-STK-5", "the window was over and no exit was lost, yet the new session was announced as a re-pin",
         {step.prior->last_ok});
}

}  // namespace pinproof::conformance
