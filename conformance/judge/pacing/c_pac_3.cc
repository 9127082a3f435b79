// C-PAC-3: nobody is held for longer than the ceiling; who would have to be is refused with 503 and Retry-After, or held for exactly that
// long, by the reading over_ceiling. Whether a request would have to be is known where the law is the queue's.
#include <fmt/format.h>

#include "conformance/judge/pacing/pacing_rules.h"

namespace pinproof::conformance {
namespace {

// The statuses that say "not now"; 502 is the exit's, and what else is under 500 the client's own fault.
bool says_not_now(const PacedRequest& request) {
  return request.status == 429 || request.status == 500 || request.status == 503 || request.status == 504;
}

// A gateway that is busy says so in the code of the ceiling; any other code gives a cause of its own.
bool perhaps_for_pacing(const PacedRequest& request) { return request.error.empty() || request.error == "serverbusy"; }

void judge_refusal(const PaceStep& step, Holdings& holdings) {
  const PacedRequest& request = *step.request;
  if (!says_not_now(request) || !perhaps_for_pacing(request) || !step.lane_known ||
      step.terms.law != PacingTerms::Law::kQueue)
    return;
  const Duration ceiling = step.header.promised.delay_ceiling;
  const Duration tolerance = step.terms.slack;
  const Duration wait_low = step.placement.slot_low - request.arrived_by;
  const Duration wait_high = step.placement.slot_high - request.sent_at;
  const bool surely_over = wait_low - tolerance > ceiling;
  const bool surely_under = wait_high + tolerance <= ceiling && !step.placement.unsure;
  const bool for_pacing = request.status == 503 && request.retry_after;
  std::vector<std::uint64_t> evidence;
  if (step.placement.before) evidence.push_back(step.placement.before->request->id);
  const auto say = [&](Verdict verdict, std::string reason) {
    holdings.push_back({"C-PAC-3", verdict, std::move(reason), evidence, reading_of(step.header, "over_ceiling")});
  };
  if (surely_over && step.terms.still_at_ceiling) {
    return say(Verdict::kFail, fmt::format("answered {} where it was to be held for {}", request.status,
                                           sim::format_duration(ceiling)));
  }
  if (surely_over && !for_pacing) {
    return say(Verdict::kFail, fmt::format("would have to wait {}, and is answered {}{}, not 503 with Retry-After",
                                           sim::format_duration(wait_low), request.status,
                                           request.retry_after ? "" : " without Retry-After"));
  }
  if (surely_over) return say(Verdict::kPass, {});
  // On a free lane Retry-After speaks of something else; and below the soft limit a busy gateway and a low ceiling look the same.
  const bool busy = step.placement.slot_low > request.arrived_by + tolerance;
  if (for_pacing && surely_under && busy) {
    const bool long_queue = wait_low - tolerance >= step.header.promised.soft_limit;
    if (!long_queue) {
      return say(Verdict::kInconclusive,
                 fmt::format("refused, though its slot was {} away: for its delay, or because the gateway was busy",
                             sim::format_duration(wait_high)));
    }
    say(Verdict::kFail, fmt::format("refused, though its slot was {} away, within {}", sim::format_duration(wait_high),
                                    sim::format_duration(ceiling)));
  }
}

}  // namespace

void c_pac_3(const PaceStep& step, Holdings& holdings) {
  if (!step.forward) return judge_refusal(step, holdings);
  if (step.forward->retry) return;
  if (step.over_ceiling()) {
    return broken(holdings, "C-PAC-3",
                  fmt::format("held for {}, {} at most are promised", sim::format_duration(step.forward->delay_low()),
                              sim::format_duration(step.header.promised.delay_ceiling)));
  }
  if (step.forward->delay_low() > step.terms.slack) held(holdings, "C-PAC-3");
}

}  // namespace pinproof::conformance
