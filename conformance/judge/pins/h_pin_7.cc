// H-PIN-7: the drop of another exit does not touch the session.
#include <fmt/format.h>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_pin_7(const PinStep& step, Holdings& holdings) {
  if (!step.alive() || !step.through_exit() || step.loss != Loss::kNone || !step.neighbour_lost) return;
  if (!step.changed() && !step.exchange.announced) return held(holdings, "H-PIN-7");
  broken(
      holdings, "H-PIN-7",
      fmt::format("another exit was lost, not {}, yet this request {}", step.prior->exit,
                  step.changed() ? fmt::format("left through {}", step.exchange.exit) : "was announced as re-pinned"),
      {step.prior->last_ok});
}

}  // namespace pinproof::conformance
