// H-PIN-1: after a drop the next request is served, by another exit. (From the second re-pin on, H-PIN-6 speaks.)
#include <fmt/format.h>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_pin_1(const PinStep& step, Holdings& holdings) {
  if (!step.alive() || step.loss != Loss::kCertain || step.in_flight_loss || step.prior->repins > 0) return;
  if (step.header.readings.at("lost_pin") == "fail") return;
  if (step.through_exit()) {
    // Whether an exit that breaks off and is up counts as lost is not said; a gateway that announces a re-pin says that it does. Where no
    // other was up, it may well be the one that the session recovers through.
    if (!step.changed() && step.exchange.announced && step.stayed_up && step.other_up) {
      return broken(
          holdings, "H-PIN-1",
          fmt::format("announced as re-pinned, and yet this request left through {}, which had broken off and "
                      "had not been away",
                      step.prior->exit),
          {step.prior->last_ok});
    }
    if (step.changed() || step.prior->broken_off) return held(holdings, "H-PIN-1");
    return broken(holdings, "H-PIN-1",
                  fmt::format("{} was down, yet this request is said to have left through it", step.prior->exit),
                  {step.prior->last_ok});
  }
  if (step.exchange.fate == Fate::kUnknown || step.refused_beforehand() || !step.exit_surely_left()) return;
  broken(holdings, "H-PIN-1",
         fmt::format("{} was lost and {} of {} matching exits were up, yet this request was not served",
                     step.prior->exit, step.matching - step.matching_down, step.matching),
         {step.prior->last_ok});
}

}  // namespace pinproof::conformance
