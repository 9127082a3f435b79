// H-ROT-5: a rotating exit is from the pool that the user name asks for.
#include <fmt/format.h>

#include <algorithm>

#include "conformance/judge/rotation/rotation_rules.h"

namespace pinproof::conformance {

void h_rot_5(const RotationStep& step, Holdings& holdings) {
  if (step.asked.sticky() || step.tunnel_exit) return;
  const auto& exits = step.header.exits;
  const auto known = std::find_if(exits.begin(), exits.end(),
                                  [&](const sim::Exit& exit) { return exit.address == step.exchange.exit; });
  if (known == exits.end()) return;
  if (step.asked.where.matches(*known)) return held(holdings, "H-ROT-5");
  broken(holdings, "H-ROT-5",
         fmt::format("left through {} ({}/{}/{}, {}), which is not what the user name asks for", known->address,
                     known->region, known->state, known->city, sim::to_string(known->type)));
}

}  // namespace pinproof::conformance
