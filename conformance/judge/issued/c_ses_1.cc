// C-SES-1: "create" is answered with a new id, and two creations give two. What POST answers is C-SES-3's, but that
// ids differ is ruled on here for both. A refusal is C-SES-9's, -10's or -11's, unless the gateway took "create" for
// an id.
#include <fmt/format.h>

#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {

void c_ses_1_of_creation(const CreationStep& step, Holdings& holdings) {
  if (step.plan_without) return;
  const bool made = step.result == CreationResult::kMade;
  if (made && step.same != nullptr) {
    return broken(
        holdings, "C-SES-1",
        fmt::format("a new session was asked for and the answer gives {}, which was issued before", step.issued),
        {step.same->created_by});
  }
  if (step.by_post) return;
  if (made) return held(holdings, "C-SES-1");
  if (step.result == CreationResult::kWithoutId) {
    return broken(
        holdings, "C-SES-1",
        fmt::format("a new session was asked for and the answer gives no id in {}", step.header.vocabulary.session));
  }
  // Over the cap, a refusal is right whatever its code.
  const bool room = step.possibly_alive < step.header.promised.session_cap;
  if (step.result == CreationResult::kRefused && step.as_incorrect_id && step.plain && room) {
    broken(holdings, "C-SES-1", "a new session was asked for and refused as if its id were incorrect");
  }
}

// An id that is refused as soon as it is used was none. (One of a POST is C-SES-3's; one refused late has expired:
// C-SES-7.)
void c_ses_1_of_use(const UseStep& step, Holdings& holdings) {
  if (step.facts.standing != Standing::kAlive || step.taken != TakenFor::kIncorrect) return;
  if (step.facts.loss_possible || step.facts.early != "C-SES-1") return;
  broken(holdings, "C-SES-1", step.facts.early_reason, step.facts.early_evidence);
}

}  // namespace pinproof::conformance
