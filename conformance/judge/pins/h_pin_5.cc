// H-PIN-5: the exit after a re-pin is from the pool that the user name asks for.
#include <fmt/format.h>

#include <algorithm>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_pin_5(const PinStep& step, Holdings& holdings) {
  if (!step.alive() || !step.through_exit() || !step.changed() ||
      (step.loss == Loss::kNone && !step.exchange.announced))
    return;
  const auto& exits = step.header.exits;
  const auto known = std::find_if(exits.begin(), exits.end(),
                                  [&](const sim::Exit& exit) { return exit.address == step.exchange.exit; });
  if (known == exits.end()) return;
  if (step.asked.where.matches(*known)) return held(holdings, "H-PIN-5");
  broken(holdings, "H-PIN-5",
         fmt::format("re-pinned to {} ({}/{}/{}, {}), which is not what the user name asks for", known->address,
                     known->region, known->state, known->city, sim::to_string(known->type)),
         {step.prior->last_ok});
}

}  // namespace pinproof::conformance
