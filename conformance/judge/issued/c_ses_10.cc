// C-SES-10: the cap is counted for each account alone. Speaks of refusals that only the sessions of other accounts
// explain, and of creations that those left alone.
#include <fmt/format.h>

#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {

void c_ses_10(const CreationStep& step, Holdings& holdings) {
  if (step.plan_without || step.alive_at_others == 0) return;
  const std::int64_t cap = step.header.promised.session_cap;
  if (step.possibly_alive >= cap || step.possibly_alive + step.alive_at_others < cap) return;
  if (step.result == CreationResult::kMade) return held(holdings, "C-SES-10");
  if (step.result != CreationResult::kRefused || !step.plain || step.as_incorrect_id || step.start_unknown) return;
  if (step.other_cause || !step.unknown_cause.empty()) return;
  broken(holdings, "C-SES-10",
         fmt::format("a creation was refused with at most {} sessions of the account alive, and {} of others; the cap "
                     "of {} is each account's",
                     step.possibly_alive, step.alive_at_others, cap));
}

}  // namespace pinproof::conformance
