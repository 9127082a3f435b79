// C-PAC-4: over the limit every request is held longer than the one before it, where they come closer together than the spacing; by the
// law of the queue exactly until the next slot.
#include <fmt/format.h>

#include "conformance/judge/pacing/pacing_rules.h"

namespace pinproof::conformance {

void c_pac_4(const PaceStep& step, Holdings& holdings) {
  if (!step.forward) return;
  if (step.gap() == Gap::kShort && step.owner_of_short_gap() == "C-PAC-4") {
    const Forward& before = *step.placement.before;
    holdings.push_back({"C-PAC-4",
                        Verdict::kFail,
                        fmt::format("held for {}, the request before it, {} earlier, for {}",
                                    sim::format_duration(step.forward->delay_high()),
                                    sim::format_duration(step.request->sent_at - before.request->sent_at),
                                    sim::format_duration(before.delay_low())),
                        {before.request->id},
                        reading_of(step.header, "pacing_law")});
    return;
  }
  if (judge_delay(step, "C-PAC-4", holdings)) return;
  const bool both_held = step.placement.before && step.placement.before->delay_low() > step.terms.slack &&
                         step.forward->delay_low() > step.placement.before->delay_high();
  if (both_held && !step.forward->retry && step.over_limit() && !step.too_late()) {
    holdings.push_back({"C-PAC-4", Verdict::kPass, {}, {}, reading_of(step.header, "pacing_law")});
  }
}

}  // namespace pinproof::conformance
