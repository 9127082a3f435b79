// C-PAC-6: below the soft limit no delay is announced. A header that outlives a pause is C-PAC-7's.
#include <fmt/format.h>

#include "conformance/judge/pacing/pacing_rules.h"

namespace pinproof::conformance {

void c_pac_6(const PaceStep& step, Holdings& holdings) {
  const PacedRequest& request = *step.request;
  if (request.status == 0) return;
  const std::string& field = step.header.vocabulary.next_request_in;
  if (!step.forward) {
    // What is refused as the client's own fault is not delayed at all.
    if (request.fate != Fate::kRefused || request.status == 429 || !request.announced) return;
    return broken(holdings, "C-PAC-6",
                  fmt::format("refused with {} at once, and yet {} is there", request.status, field));
  }
  // Tried, and turned away before the next try: what is announced is the delay that this would have had.
  if (request.status == 503 && request.retry_after) return;
  if (!step.only_try() || step.forward->delay_high() + step.terms.slack >= step.header.promised.soft_limit) return;
  if (!request.announced) return held(holdings, "C-PAC-6");
  if (step.free() && step.placement.announced_before) return;
  broken(holdings, "C-PAC-6",
         fmt::format("held for {}, less than {}, and yet {} is there: {}",
                     sim::format_duration(step.forward->delay_high()),
                     sim::format_duration(step.header.promised.soft_limit), field, *request.announced));
}

}  // namespace pinproof::conformance
