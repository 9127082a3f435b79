// H-PIN-10: without a loss a session is not re-pinned. Best effort: exits go when they please, so it is a count of announcements that no
// known loss explains, and is counted only where the harness knows of every loss. (A second announcement of one re-pin is H-PIN-4's.)
#include <fmt/format.h>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_pin_10(const PinStep& step, Holdings& holdings) {
  if (!step.alive() || !step.through_exit() || !step.undisturbed()) return;
  if (!step.header.capabilities.has(Capability::kDrop)) return;
  if (!step.exchange.announced) {
    if (!step.changed()) held(holdings, "H-PIN-10");
    return;
  }
  const bool again = step.prior->announced && !step.changed();
  if (again || step.prior->may_announce || step.header.readings.at("repinned_header") == "sticky") return;
  broken(holdings, "H-PIN-10",
         step.changed() ? fmt::format("re-pinned from {} to {}, though no exit had been lost", step.prior->exit,
                                      step.exchange.exit)
                        : fmt::format("announced as re-pinned, though {} served all along", step.prior->exit),
         {step.prior->last_ok});
}

}  // namespace pinproof::conformance
