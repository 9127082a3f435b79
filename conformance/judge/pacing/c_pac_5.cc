// C-PAC-5: from the soft limit on the delay is announced, in whole seconds and in agreement with the one served. The request that reaches
// the limit first may go without. Below the limit the header is C-PAC-6's.
#include <fmt/format.h>

#include "conformance/judge/pacing/pacing_rules.h"

namespace pinproof::conformance {

void c_pac_5(const PaceStep& step, Holdings& holdings) {
  if (!step.only_try() || step.request->status == 0) return;
  const Duration limit = step.header.promised.soft_limit;
  const Duration tolerance = step.terms.slack;
  if (step.forward->delay_high() + tolerance < limit) return;
  const std::string& field = step.header.vocabulary.next_request_in;
  const std::string served = sim::format_duration(step.forward->delay_high());
  const auto say = [&](Verdict verdict, std::string reason) {
    holdings.push_back({"C-PAC-5", verdict, std::move(reason), {}, reading_of(step.header, "announced_delay")});
  };
  if (!step.request->announced) {
    const bool due = step.placement.soft_reached && step.forward->delay_low() - tolerance - step.transit_max() >= limit;
    if (due)
      say(Verdict::kFail, fmt::format("held for {}, as one before it had been for {} or more, and no {}", served,
                                      sim::format_duration(limit), field));
    return;
  }
  const auto agreement = agreement_of(step);
  if (!agreement) {
    return say(Verdict::kFail,
               fmt::format("{} is \"{}\", which are no whole seconds", field, *step.request->announced));
  }
  const bool agrees = (step.meaning.own && agreement->own) || (step.meaning.next && agreement->next);
  if (agrees) return say(Verdict::kPass, {});
  say(Verdict::kFail,
      fmt::format("{} is {} where the request was held for {}", field, *step.request->announced, served));
}

}  // namespace pinproof::conformance
