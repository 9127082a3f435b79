// H-PIN-8: under CONNECT the re-pin is announced on the gateway's own reply to CONNECT.
#include <fmt/format.h>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_pin_8(const PinStep& step, Holdings& holdings) {
  if (!step.alive() || !step.through_exit() || step.loss == Loss::kNone || !step.changed()) return;
  if (step.seen().via != Via::kConnect || !step.seen().connect) return;
  if (step.header.readings.at("lost_pin") != "repin_announced" ||
      step.header.readings.at("connect_announcement") != "connect_reply")
    return;
  if (step.exchange.announced) return held(holdings, "H-PIN-8");
  broken(holdings, "H-PIN-8",
         fmt::format("the session moved from {} to {} and the reply to CONNECT does not say so", step.prior->exit,
                     step.exchange.exit),
         {step.prior->last_ok});
}

}  // namespace pinproof::conformance
