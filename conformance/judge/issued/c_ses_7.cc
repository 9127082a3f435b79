// C-SES-7: a session lives for the idle window after the arrival of its last request, and no longer. Where a listing
// since would explain the longer life, C-SES-8 speaks; a session that ended early for another reason that is known is
// that reason's.
#include <fmt/format.h>

#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {
namespace {

constexpr std::string_view kId = "C-SES-7";
constexpr std::string_view kReading = "expiry_counts_from";

std::string outlived(const HistoryHeader& header, const Issued& session) {
  const bool creation = header.readings.at(std::string(kReading)) == "creation";
  return fmt::format("session {} had lasted {} since its {}", session.id,
                     sim::format_duration(header.promised.idle_window), creation ? "creation" : "last request");
}

// Near enough the end of the window, or old enough, for a life to say something about the promise.
bool tells(const UseStep& step) {
  const Issued& session = *step.facts.session;
  const Duration window = step.header.promised.idle_window;
  return step.span.from - session.counts_to >= window / 2 || step.span.from - session.created.to >= window;
}

}  // namespace

void c_ses_7_of_use(const UseStep& step, Holdings& holdings) {
  const IssuedFacts& facts = step.facts;
  if (facts.standing == Standing::kExpired && facts.listing == 0) {
    if (step.taken == TakenFor::kIncorrect) return held(holdings, kId);
    if (step.taken != TakenFor::kAlive) return;
    return broken(holdings, kId, outlived(step.header, *facts.session) + ", and yet its id was accepted",
                  {facts.session->last_ok}, reading_in_force(step.header, kReading));
  }
  if (facts.standing == Standing::kUnclear && facts.by_time &&
      (step.taken == TakenFor::kAlive || step.taken == TakenFor::kIncorrect)) {
    return left_open(holdings, kId,
                     fmt::format("the idle window may or may not have been over: needs {} more room",
                                 sim::format_duration(facts.room)),
                     {facts.session->last_ok}, reading_in_force(step.header, kReading));
  }
  if (facts.standing != Standing::kAlive) return;
  if (step.taken == TakenFor::kAlive) {
    if (tells(step)) held(holdings, kId);
  } else if (step.taken == TakenFor::kIncorrect && !facts.loss_possible && facts.early == kId) {
    broken(holdings, kId, facts.early_reason, facts.early_evidence, reading_in_force(step.header, kReading));
  }
}

void c_ses_7_of_listing(const ListedStep& step, Holdings& holdings) {
  const IssuedFacts& facts = step.facts;
  if (step.shown || facts.standing != Standing::kAlive || facts.loss_possible) return;
  if (facts.early_explained && facts.early == kId) {
    broken(holdings, kId, facts.early_reason, facts.early_evidence, reading_in_force(step.header, kReading));
  }
}

void c_ses_7_of_deletion(const DeletionStep& step, Holdings& holdings) {
  const IssuedFacts& facts = step.facts;
  const std::string reading = reading_in_force(step.header, kReading);
  if (facts.standing == Standing::kExpired && facts.listing == 0) {
    if (!step.accepted) return held(holdings, kId);
    return broken(holdings, kId, outlived(step.header, *facts.session) + ", and yet it could be deleted",
                  {facts.session->last_ok}, reading);
  }
  if (facts.standing == Standing::kAlive && !step.accepted && !facts.loss_possible && facts.early_explained &&
      facts.early == kId) {
    broken(holdings, kId, facts.early_reason, facts.early_evidence, reading);
  }
}

}  // namespace pinproof::conformance
