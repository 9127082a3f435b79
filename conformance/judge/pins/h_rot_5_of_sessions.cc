// H-ROT-5, of sessions: the exit that a session begins with is from the pool that the user name asks for.
#include <fmt/format.h>

#include <algorithm>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_rot_5_of_sessions(const PinStep& step, Holdings& holdings) {
  if (step.life == Life::kAlive || step.life == Life::kUnknown || !step.through_exit()) return;
  const auto& exits = step.header.exits;
  const auto known = std::find_if(exits.begin(), exits.end(),
                                  [&](const sim::Exit& exit) { return exit.address == step.exchange.exit; });
  if (known == exits.end()) return;
  if (step.asked.where.matches(*known)) return held(holdings, "H-ROT-5");
  broken(holdings, "H-ROT-5",
         fmt::format("a fresh exit, {} ({}/{}/{}, {}), which is not what the user name asks for", known->address,
                     known->region, known->state, known->city, sim::to_string(known->type)));
}

}  // namespace pinproof::conformance
