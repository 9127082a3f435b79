// H-STK-9: session and sesstime come together; a name with both, and nothing else amiss, is served.
#include <utility>

#include "conformance/judge/names/name_rules.h"

namespace pinproof::conformance {

void h_stk_9(const NameStep& step, Holdings& holdings) {
  judge_refusal(step, "H-STK-9", holdings);
  const Asked& asked = step.asked;
  // The narrower rows speak of the longest id, the smallest and the largest window; of longer ones that are not capped nothing is promised.
  const bool narrower = std::cmp_equal(asked.session.size(), step.header.promised.session_id_length_max) ||
                        asked.minutes == step.header.promised.window_minutes_min ||
                        asked.window >= step.header.promised.window_cap;
  if (!step.good() || !asked.sticky() || narrower || !step.refused_for_its_name()) return;
  broken(holdings, "H-STK-9", "a user name with session and sesstime and nothing amiss was refused");
}

}  // namespace pinproof::conformance
