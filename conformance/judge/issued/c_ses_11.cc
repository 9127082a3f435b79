// C-SES-11: an account on a plan without sessions gets none, by header or by POST, and is told so by a client error.
#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {

void c_ses_11(const CreationStep& step, Holdings& holdings) {
  if (!step.plan_without) return;
  if (step.result == CreationResult::kMade || step.result == CreationResult::kWithoutId) {
    return broken(holdings, "C-SES-11", "the account's plan has no sessions, and yet a creation was not refused");
  }
  if (step.result != CreationResult::kRefused) return;
  // Refused for a cause that is not the plan, it says nothing of the plan.
  if (step.other_cause && !step.forwarded) return;
  if (!step.forwarded) return held(holdings, "C-SES-11");
  broken(holdings, "C-SES-11",
         "the account's plan has no sessions; the creation was refused, and yet the request was forwarded");
}

}  // namespace pinproof::conformance
