// H-STK-2: plain and CONNECT, and any connection, share the pin.
#include <fmt/format.h>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_stk_2(const PinStep& step, Holdings& holdings) {
  if (!step.alive() || !step.through_exit() || !step.undisturbed() || step.overlaps_opening) return;
  const bool other_method = step.seen().via != step.prior->last_via;
  const bool other_connection = step.seen().connection != step.prior->last_connection;
  if (!step.changed()) {
    if (!step.exchange.announced && (other_method || other_connection)) held(holdings, "H-STK-2");
    return;
  }
  if (step.exchange.announced || !other_method || step.past_replaced_end()) return;
  const bool plain = step.seen().via == Via::kPlain;
  broken(holdings, "H-STK-2",
         fmt::format("{} shares no pin with {}: the session was on {}, this request left through {}",
                     plain ? "a plain request" : "CONNECT", plain ? "CONNECT" : "plain requests", step.prior->exit,
                     step.exchange.exit),
         {step.prior->last_ok});
}

}  // namespace pinproof::conformance
