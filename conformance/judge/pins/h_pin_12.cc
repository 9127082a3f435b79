// H-PIN-12: with no exit left in the matching pool, a clear 502 or 503.
#include <fmt/format.h>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_pin_12(const PinStep& step, Holdings& holdings) {
  if (step.matching == 0 || step.exit_left() || step.in_flight_loss || step.refused_beforehand()) return;
  // A client that gave up earlier cannot tell what it would have got.
  const Observation& seen = step.seen();
  const bool waited =
      seen.end == AnswerEnd::kTimedOut && seen.ended_at - seen.sent_at > step.header.promised.in_flight_timeout;
  if (step.exchange.fate == Fate::kUnknown && !waited) return;
  if (step.through_exit() && !step.listed(step.exchange.exit)) return;  // then the pool was not empty
  if (step.exchange.fate == Fate::kFailed && (step.seen().status == 502 || step.seen().status == 503))
    return held(holdings, "H-PIN-12");
  broken(holdings, "H-PIN-12",
         fmt::format("all {} matching exits were down; 502 or 503 was due, not {}", step.matching,
                     step.seen().status == 0 ? "silence" : std::to_string(step.seen().status)));
}

}  // namespace pinproof::conformance
