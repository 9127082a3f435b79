// H-ROT-2: on a kept-alive connection the exit may stay the same; both outcomes are right.
#include "conformance/judge/rotation/rotation_rules.h"

namespace pinproof::conformance {

void h_rot_2(const RotationStep& step, Holdings& holdings) {
  if (!step.asked.sticky() && step.connection_exit && !step.exchange.seen.inside_tunnel) held(holdings, "H-ROT-2");
}

}  // namespace pinproof::conformance
