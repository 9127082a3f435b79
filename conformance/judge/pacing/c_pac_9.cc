// C-PAC-9: who waits is served in order of arrival, once, and is not lost. An overtaker that broke the spacing is the spacing's; a
// request tried again because its upstream failed is a retry.
#include <fmt/format.h>

#include <algorithm>

#include "conformance/judge/pacing/pacing_rules.h"

namespace pinproof::conformance {
namespace {

// Never went out, though the client waited until after its slot, or was turned away without a word.
void judge_loss(const PaceStep& step, Holdings& holdings) {
  const PacedRequest& request = *step.request;
  const Duration tolerance = step.terms.slack;
  const bool behind_others = step.lane_known && step.placement.slot_low > request.arrived_by + tolerance;
  if (request.fate == Fate::kClosed && behind_others) {
    return broken(holdings, "C-PAC-9", "waited for its slot, and the connection was closed without an answer");
  }
  if (request.fate != Fate::kUnknown || request.end != AnswerEnd::kTimedOut) return;
  const bool known_slot = step.lane_known && step.terms.law == PacingTerms::Law::kQueue && !step.placement.unsure;
  Instant due = request.arrived_by + step.header.promised.delay_ceiling;
  if (known_slot) due = std::min(due, std::max(request.arrived_by, step.placement.slot_high));
  if (request.ended_at <= due + tolerance + step.transit_max()) return;
  broken(holdings, "C-PAC-9",
         fmt::format("its slot was at {}, and at {} it had neither gone out nor been answered",
                     sim::format_instant(due), sim::format_instant(request.ended_at)));
}

}  // namespace

void c_pac_9(const PaceStep& step, Holdings& holdings) {
  if (!step.forward) return judge_loss(step, holdings);
  if (step.forward->retry) return;
  if (step.request->forwarded_again) {
    return broken(holdings, "C-PAC-9",
                  fmt::format("went out {} times, though no upstream had failed it", step.request->attempts));
  }
  if (step.overtaker) {
    if (step.overtaker->too_early) return;
    return broken(holdings, "C-PAC-9",
                  fmt::format("a request sent later went out before it through {}", step.forward->exit),
                  {step.overtaker->request->id});
  }
  if (step.over_limit()) held(holdings, "C-PAC-9");
}

}  // namespace pinproof::conformance
