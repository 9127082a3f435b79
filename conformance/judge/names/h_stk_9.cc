// H-STK-9: session and sesstime come together; a name with both, and nothing else amiss, is served.
#include <algorithm>

#include "conformance/judge/names/name_rules.h"

namespace pinproof::conformance {

void h_stk_9(const NameStep& step, Holdings& holdings) {
  judge_refusal(step, "H-STK-9", holdings);
  const Asked& asked = step.asked;
  // The narrower rows speak of the longest id, the smallest and the largest window.
  const bool narrower = std::cmp_equal(asked.session.size(), step.header.promised.session_id_length_max) ||
                        asked.minutes == step.header.promised.window_minutes_min ||
                        asked.window == step.header.promised.window_cap;
  if (!step.good() || !step.exchange.reached_nothing() || !asked.sticky() || narrower ||
      step.exchange.fate != Fate::kRefused)
    return;
  if (step.seen().status != 400 && step.seen().status != 407) return;
  const auto& exits = step.header.exits;
  const bool served_region =
      std::any_of(exits.begin(), exits.end(), [&](const sim::Exit& exit) { return asked.where.matches(exit); });
  if (served_region) broken(holdings, "H-STK-9", "a user name with session and sesstime and nothing amiss was refused");
}

}  // namespace pinproof::conformance
