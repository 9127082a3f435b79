// C-SES-3: POST /sessions gives an id that works. That a POST is refused is C-SES-9's, -10's or -11's.
#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {

void c_ses_3_of_creation(const CreationStep& step, Holdings& holdings) {
  if (!step.by_post || step.plan_without || step.result != CreationResult::kWithoutId) return;
  broken(holdings, "C-SES-3", "POST was answered with success and no session id");
}

void c_ses_3_of_use(const UseStep& step, Holdings& holdings) {
  const IssuedFacts& facts = step.facts;
  if (facts.standing != Standing::kAlive || !facts.session->by_post || facts.session->accepted) return;
  if (step.taken == TakenFor::kAlive) return held(holdings, "C-SES-3");
  if (step.taken == TakenFor::kIncorrect && !facts.loss_possible && facts.early == "C-SES-3") {
    broken(holdings, "C-SES-3", facts.early_reason, facts.early_evidence);
  }
}

}  // namespace pinproof::conformance
