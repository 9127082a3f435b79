// H-PIN-9: a request in flight at the drop ends in a clear error or a close, within the time-out, and never as a whole answer that is not.
#include <fmt/format.h>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void h_pin_9(const PinStep& step, Holdings& holdings) {
  if (!step.in_flight_loss) return;
  const Observation& seen = step.seen();
  switch (step.exchange.fate) {
    case Fate::kServed:
      if (step.header.readings.at("in_flight") == "transparent_retry" || step.exchange.reset_by().empty()) return;
      return broken(holdings, "H-PIN-9", "the exit broke off in flight, yet the answer is passed off as whole");
    case Fate::kCutShort:
      if (seen.end != AnswerEnd::kComplete) return held(holdings, "H-PIN-9");
      return broken(holdings, "H-PIN-9",
                    fmt::format("{} of {} bytes came, and the answer is passed off as whole", seen.body_bytes,
                                seen.body_declared.value_or(0)));
    case Fate::kFailed:
      if (seen.status == 502 || seen.status == 503 || seen.status == 504) return held(holdings, "H-PIN-9");
      return broken(holdings, "H-PIN-9", fmt::format("{} where 502, 503, 504 or a close was due", seen.status));
    case Fate::kClosed:
      return held(holdings, "H-PIN-9");
    case Fate::kRefused:
      return broken(holdings, "H-PIN-9",
                    fmt::format("the loss of the exit is answered {}, as if the client had erred", seen.status));
    case Fate::kUnknown:
      if (seen.end != AnswerEnd::kTimedOut || seen.ended_at - seen.sent_at <= step.header.promised.in_flight_timeout)
        return;
      return broken(holdings, "H-PIN-9",
                    fmt::format("no end after {}", sim::format_duration(seen.ended_at - seen.sent_at)));
  }
}

}  // namespace pinproof::conformance
