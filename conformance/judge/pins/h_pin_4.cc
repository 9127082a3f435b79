// H-PIN-4: one response announces a re-pin; the next announcement needs the next drop, also where the first had no drop either. Only a
// successful response is one: where the first was cut short, the next may announce too.
#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_pin_4(const PinStep& step, Holdings& holdings) {
  if (!step.alive() || !step.through_exit() || !step.undisturbed() || step.changed()) return;
  if (!step.prior->announced || step.prior->may_announce || step.header.readings.at("repinned_header") == "sticky")
    return;
  if (!step.exchange.announced) return held(holdings, "H-PIN-4");
  broken(holdings, "H-PIN-4",
         "a re-pin had been announced already and nothing was lost since, yet this response announces one again",
         {step.prior->announced_by});
}

}  // namespace pinproof::conformance
