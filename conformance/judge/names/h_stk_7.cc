// H-STK-7: minutes are whole numbers from the smallest on; others are refused, the smallest is served.
#include <fmt/format.h>

#include "conformance/judge/names/name_rules.h"

namespace pinproof::conformance {

void h_stk_7(const NameStep& step, Holdings& holdings) {
  judge_refusal(step, "H-STK-7", holdings);
  if (!step.good() || !step.asked.sticky() || step.asked.minutes != step.header.promised.window_minutes_min ||
      !step.ruled_on())
    return;
  if (!step.refused_for_its_name()) return held(holdings, "H-STK-7");
  broken(holdings, "H-STK-7", fmt::format("sesstime {} is the smallest promised, and was refused", step.asked.minutes));
}

}  // namespace pinproof::conformance
