// H-NOT-3: after the window's end the same id may get any exit, the one before it too: nothing that can be broken, only shown.
#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_not_3(const PinStep& step, Holdings& holdings) {
  if (step.life == Life::kOver && step.through_exit()) held(holdings, "H-NOT-3");
}

}  // namespace pinproof::conformance
