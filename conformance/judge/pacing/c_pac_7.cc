// C-PAC-7: after a pause longer than what had built up a request starts at once, and no delay is announced.
#include <fmt/format.h>

#include "conformance/judge/pacing/pacing_rules.h"

namespace pinproof::conformance {

void c_pac_7(const PaceStep& step, Holdings& holdings) {
  if (judge_delay(step, "C-PAC-7", holdings)) return;
  if (!step.only_try() || !step.free() || !step.placement.built_up || !step.prompt() || step.overtaker) return;
  if (!step.request->announced) return held(holdings, "C-PAC-7");
  if (!step.placement.announced_before || step.forward->delay_high() >= step.header.promised.soft_limit) return;
  broken(holdings, "C-PAC-7",
         fmt::format("the pause has emptied the queue of {}, and yet {} is there: {}", step.forward->exit,
                     step.header.vocabulary.next_request_in, *step.request->announced));
}

}  // namespace pinproof::conformance
