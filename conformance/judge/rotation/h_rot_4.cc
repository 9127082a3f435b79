// H-ROT-4: a tunnel keeps its exit from its first byte to its last.
#include <fmt/format.h>

#include "conformance/judge/rotation/rotation_rules.h"

namespace pinproof::conformance {

void h_rot_4(const RotationStep& step, Holdings& holdings) {
  if (!step.tunnel_exit) return;
  if (*step.tunnel_exit == step.exchange.exit) return held(holdings, "H-ROT-4");
  broken(holdings, "H-ROT-4",
         fmt::format("inside one tunnel the exit changed from {} to {}", *step.tunnel_exit, step.exchange.exit),
         {step.before});
}

}  // namespace pinproof::conformance
