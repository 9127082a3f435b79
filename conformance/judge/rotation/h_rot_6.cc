// H-ROT-6: nothing is pinned in rotating mode, so no response announces a re-pin.
#include "conformance/judge/rotation/rotation_rules.h"

namespace pinproof::conformance {

void h_rot_6(const RotationStep& step, Holdings& holdings) {
  if (step.asked.sticky() || step.tunnel_exit) return;
  if (!step.exchange.announced && !step.exchange.announcement_malformed) return held(holdings, "H-ROT-6");
  broken(holdings, "H-ROT-6", "a rotating response announces a re-pin");
}

}  // namespace pinproof::conformance
