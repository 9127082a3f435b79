// H-STK-11: a refused user name reaches no upstream.
#include <fmt/format.h>

#include "conformance/judge/names/name_rules.h"

namespace pinproof::conformance {

void h_stk_11(const NameStep& step, Holdings& holdings) {
  if (!step.good_credentials() || step.asked.breaks.empty() || step.exchange.fate != Fate::kRefused ||
      !step.exchange.upstream_visible)
    return;
  if (step.exchange.reached_nothing()) return held(holdings, "H-STK-11");
  broken(holdings, "H-STK-11",
         fmt::format("{} was refused, but only after an upstream had been tried", step.asked.why));
}

}  // namespace pinproof::conformance
