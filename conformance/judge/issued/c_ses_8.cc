// C-SES-8: listing is no request, and extends nothing; or extends what it lists, where the readings say so. Speaks of
// sessions whose life or end only a listing would explain; the rest of their time is C-SES-7's.
#include <fmt/format.h>

#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {
namespace {

constexpr std::string_view kId = "C-SES-8";
constexpr std::string_view kReading = "listing_extends";

std::string outlived(const IssuedFacts& facts) {
  return fmt::format("since its last request session {} has only been listed, and it outlived its idle window",
                     facts.session->id);
}

bool expired_but_listed(const IssuedFacts& facts) { return facts.standing == Standing::kExpired && facts.listing != 0; }

std::vector<std::uint64_t> evidence(const IssuedFacts& facts) { return {facts.session->last_ok, facts.listing}; }

}  // namespace

void c_ses_8_of_use(const UseStep& step, Holdings& holdings) {
  const IssuedFacts& facts = step.facts;
  if (expired_but_listed(facts)) {
    if (step.taken == TakenFor::kIncorrect) return held(holdings, kId);
    if (step.taken != TakenFor::kAlive) return;
    return broken(holdings, kId, outlived(facts), evidence(facts), reading_in_force(step.header, kReading));
  }
  if (facts.standing != Standing::kAlive || facts.early != kId || facts.loss_possible) return;
  if (step.taken == TakenFor::kAlive) return held(holdings, kId);
  if (step.taken == TakenFor::kIncorrect) {
    broken(holdings, kId, facts.early_reason, facts.early_evidence, reading_in_force(step.header, kReading));
  }
}

void c_ses_8_of_listing(const ListedStep& step, Holdings& holdings) {
  const IssuedFacts& facts = step.facts;
  if (step.shown && expired_but_listed(facts)) {
    return broken(holdings, kId, outlived(facts) + " in the list", evidence(facts),
                  reading_in_force(step.header, kReading));
  }
  if (step.shown || facts.standing != Standing::kAlive || facts.early != kId || facts.loss_possible) return;
  broken(holdings, kId, facts.early_reason, facts.early_evidence, reading_in_force(step.header, kReading));
}

void c_ses_8_of_deletion(const DeletionStep& step, Holdings& holdings) {
  const IssuedFacts& facts = step.facts;
  if (expired_but_listed(facts)) {
    if (!step.accepted) return held(holdings, kId);
    return broken(holdings, kId, outlived(facts), evidence(facts), reading_in_force(step.header, kReading));
  }
  if (facts.standing != Standing::kAlive || facts.early != kId || facts.loss_possible || step.accepted) return;
  broken(holdings, kId, facts.early_reason, facts.early_evidence, reading_in_force(step.header, kReading));
}

}  // namespace pinproof::conformance
