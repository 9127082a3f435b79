// C-SES-6: DELETE ends that session, takes it off the list and touches no other; of an id that is none it is a client
// error.
#include <fmt/format.h>

#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {

void c_ses_6_of_use(const UseStep& step, Holdings& holdings) {
  const IssuedFacts& facts = step.facts;
  if (facts.standing == Standing::kDeleted) {
    if (step.taken == TakenFor::kIncorrect) return held(holdings, "C-SES-6");
    if (step.taken != TakenFor::kAlive) return;
    return broken(holdings, "C-SES-6",
                  fmt::format("session {} was deleted, and yet its id was accepted", facts.session->id),
                  {facts.session->ended_by});
  }
  if (facts.standing != Standing::kAlive || step.taken != TakenFor::kIncorrect || facts.loss_possible) return;
  if (facts.early == "C-SES-6") broken(holdings, "C-SES-6", facts.early_reason, facts.early_evidence);
}

void c_ses_6_of_listing(const ListedStep& step, Holdings& holdings) {
  const IssuedFacts& facts = step.facts;
  if (step.shown) {
    if (facts.standing != Standing::kDeleted) return;
    return broken(holdings, "C-SES-6", fmt::format("the list shows {}, which was deleted", step.id),
                  {facts.session->ended_by});
  }
  if (facts.standing != Standing::kAlive || facts.loss_possible || !facts.early_explained) return;
  if (facts.early == "C-SES-6") broken(holdings, "C-SES-6", facts.early_reason, facts.early_evidence);
}

void c_ses_6_of_deletion(const DeletionStep& step, Holdings& holdings) {
  const IssuedFacts& facts = step.facts;
  switch (facts.standing) {
    case Standing::kUnclear:
    case Standing::kLost:
    case Standing::kExpired:
      return;
    case Standing::kAlive:
      if (step.accepted) return held(holdings, "C-SES-6");
      if (facts.loss_possible || (facts.early_explained && facts.early != "C-SES-6")) return;
      return broken(holdings, "C-SES-6",
                    fmt::format("session {} was alive, and its deletion was refused with {}", step.call.session,
                                step.call.status),
                    {facts.session->last_ok});
    case Standing::kNeverIssued:
    case Standing::kForeign:
    case Standing::kDeleted:
    case Standing::kGone:
      break;
  }
  if (!step.accepted) return held(holdings, "C-SES-6");
  std::vector<std::uint64_t> evidence;
  if (facts.session != nullptr)
    evidence.push_back(facts.session->surely_ended() ? facts.session->ended_by : facts.session->created_by);
  const bool foreign = facts.standing == Standing::kForeign;
  broken(holdings, "C-SES-6",
         fmt::format("{} is {}, and yet its deletion was answered with {}", step.call.session,
                     foreign ? "another account's session" : "no live session", step.call.status),
         std::move(evidence));
}

}  // namespace pinproof::conformance
