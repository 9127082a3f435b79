// H-PIN-6: every drop re-pins anew, however many there were: from the second re-pin of a session on, served by another exit and
// announced.
#include <fmt/format.h>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_pin_6(const PinStep& step, Holdings& holdings) {
  if (!step.alive() || step.loss == Loss::kNone || step.in_flight_loss || step.prior->repins == 0) return;
  const std::string& reading = step.header.readings.at("lost_pin");
  if (reading == "fail") return;
  if (step.through_exit() && step.changed()) {
    if (step.exchange.announced || reading == "repin_silent") return held(holdings, "H-PIN-6");
    if (step.seen().via == Via::kConnect || step.exchange.fate == Fate::kCutShort) return;
    return broken(
        holdings, "H-PIN-6",
        fmt::format("a later drop moved the session from {} to {} unannounced", step.prior->exit, step.exchange.exit),
        {step.prior->opened_by, step.prior->last_ok});
  }
  const bool not_served = !step.through_exit() && step.exchange.fate != Fate::kUnknown && step.exit_surely_left();
  if (step.loss != Loss::kCertain || !not_served || step.refused_beforehand()) return;
  broken(holdings, "H-PIN-6", fmt::format("a later drop, of {}, was not answered by another exit", step.prior->exit),
         {step.prior->opened_by, step.prior->last_ok});
}

}  // namespace pinproof::conformance
