// H-PIN-3: a re-pin starts the window anew, so the pin holds beyond the end that the window had before it.
#include <fmt/format.h>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_pin_3(const PinStep& step, Holdings& holdings) {
  if (!step.alive() || !step.through_exit() || !step.undisturbed() || !step.past_replaced_end()) return;
  if (!step.changed()) {
    if (!step.exchange.announced) held(holdings, "H-PIN-3");
    return;
  }
  if (step.exchange.announced) return;
  broken(holdings, "H-PIN-3",
         fmt::format(
             "after the window that the re-pin replaced, but inside the one it started, the exit changed from {} to {}",
             step.prior->exit, step.exchange.exit),
         {step.prior->opened_by, step.prior->last_ok});
}

}  // namespace pinproof::conformance
