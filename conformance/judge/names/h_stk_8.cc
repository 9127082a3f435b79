// H-STK-8: the characters and the length of a session id; the longest works.
#include <fmt/format.h>

#include "conformance/judge/names/name_rules.h"

namespace pinproof::conformance {

void h_stk_8(const NameStep& step, Holdings& holdings) {
  judge_refusal(step, "H-STK-8", holdings);
  const bool longest = std::cmp_equal(step.asked.session.size(), step.header.promised.session_id_length_max);
  if (!step.good() || !longest || !step.ruled_on()) return;
  if (!step.refused_for_its_name()) return held(holdings, "H-STK-8");
  broken(holdings, "H-STK-8",
         fmt::format("a session id of {} characters is allowed, and was refused", step.asked.session.size()));
}

}  // namespace pinproof::conformance
