// H-STK-6: a residential window over the cap is refused (or served as the cap, where that is the reading); one of the cap is served.
#include <fmt/format.h>

#include "conformance/judge/names/name_rules.h"

namespace pinproof::conformance {

void h_stk_6(const NameStep& step, Holdings& holdings) {
  judge_refusal(step, "H-STK-6", holdings);
  const bool at_cap = step.good() && step.asked.sticky() && !step.asked.over_cap &&
                      step.asked.where.type == sim::ExitType::kResidential &&
                      step.asked.window == step.header.promised.window_cap;
  if (!at_cap || !step.ruled_on()) return;
  if (!step.refused_for_its_name()) return held(holdings, "H-STK-6");
  broken(holdings, "H-STK-6",
         fmt::format("a window of {} is the promised cap, and was refused", sim::format_duration(step.asked.window)));
}

}  // namespace pinproof::conformance
