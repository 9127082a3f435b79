// C-SES-13: the loss of a session's IP never moves it silently. The request that finds out fails; from then on the id
// is incorrect (ends), or stays correct (lives_on), or the session has another IP (repin), as declared. Moves without
// a loss are C-SES-2's and C-SES-12's.
#include <fmt/format.h>

#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {
namespace {

constexpr std::string_view kId = "C-SES-13";
constexpr std::string_view kReading = "lost_exit";

void of_ended(const UseStep& step, Holdings& holdings) {
  if (step.taken == TakenFor::kIncorrect) return held(holdings, kId);
  if (step.taken != TakenFor::kAlive) return;
  broken(holdings, kId,
         fmt::format("session {} ended with its exit {}, and yet its id was accepted", step.facts.session->id,
                     step.facts.session->exit),
         {step.facts.session->ended_by}, reading_in_force(step.header, kReading));
}

}  // namespace

void c_ses_13_of_use(const UseStep& step, Holdings& holdings) {
  const IssuedFacts& facts = step.facts;
  if (facts.standing == Standing::kLost) return of_ended(step, holdings);
  if (!step.exit_counts() || !facts.loss_possible || facts.session == nullptr) return;
  const std::string& reading = step.header.readings.at(std::string(kReading));
  if (step.moved()) {
    if (reading == "repin") return held(holdings, kId);
    return broken(holdings, kId,
                  fmt::format("session {} was on {}, which was lost; this request of it was quietly served through {}",
                              facts.session->id, facts.session->exit, step.exchange.exit),
                  {facts.session->last_ok}, reading_in_force(step.header, kReading));
  }
  if (facts.standing != Standing::kAlive) return;
  if (step.exchange.fate == Fate::kFailed || step.exchange.fate == Fate::kClosed) return held(holdings, kId);
  if (step.taken == TakenFor::kIncorrect && reading != "ends") {
    broken(holdings, kId,
           fmt::format("session {} lost its exit {}, and its id was refused, where it is declared to stay correct",
                       facts.session->id, facts.session->exit),
           {facts.session->last_ok}, reading_in_force(step.header, kReading));
  }
}

void c_ses_13_of_listing(const ListedStep& step, Holdings& holdings) {
  if (!step.shown || step.facts.standing != Standing::kLost) return;
  broken(holdings, kId, fmt::format("the list shows {}, which ended with its exit", step.id),
         {step.facts.session->ended_by}, reading_in_force(step.header, kReading));
}

void c_ses_13_of_deletion(const DeletionStep& step, Holdings& holdings) {
  if (!step.accepted || step.facts.standing != Standing::kLost) return;
  broken(holdings, kId, fmt::format("session {} ended with its exit, and yet it could be deleted", step.call.session),
         {step.facts.session->ended_by}, reading_in_force(step.header, kReading));
}

}  // namespace pinproof::conformance
