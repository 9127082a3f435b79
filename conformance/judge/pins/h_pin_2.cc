// H-PIN-2: the re-pinned response says so, with the exact value. CONNECT is H-PIN-8's, later re-pins of one session are H-PIN-6's.
#include <fmt/format.h>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_pin_2(const PinStep& step, Holdings& holdings) {
  if (!step.alive() || !step.through_exit() || step.loss == Loss::kNone || !step.changed()) return;
  if (step.seen().via == Via::kConnect || step.prior->repins > 0) return;
  if (step.header.readings.at("lost_pin") == "repin_silent") return;
  if (step.exchange.announced) return held(holdings, "H-PIN-2");
  if (step.exchange.fate == Fate::kCutShort) return;  // the first successful response announces
  broken(holdings, "H-PIN-2",
         step.exchange.announcement_malformed
             ? fmt::format("the re-pin from {} to {} is announced with another value than '{}'", step.prior->exit,
                           step.exchange.exit, step.header.vocabulary.repinned_value)
             : fmt::format("the session moved from {} to {} without {}", step.prior->exit, step.exchange.exit,
                           step.header.vocabulary.repinned),
         {step.prior->last_ok});
}

}  // namespace pinproof::conformance
