// C-SES-9: so many sessions of an account live at once, by header and POST alike, and no more; a refused creation
// makes none. Where the sessions of other accounts explain a refusal, C-SES-10 speaks; plans without sessions are
// C-SES-11's; a refusal whose code or status documents another cause is nobody's here.
#include <fmt/format.h>

#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {
namespace {

constexpr std::string_view kId = "C-SES-9";
constexpr std::string_view kReading = "over_session_cap";

void of_made(const CreationStep& step, Holdings& holdings) {
  const std::int64_t cap = step.header.promised.session_cap;
  if (step.header.readings.at(std::string(kReading)) != "refuse") {
    if (step.surely_alive >= cap) held(holdings, kId);
    return;
  }
  if (step.surely_alive >= cap && !step.exits_lost) {
    return broken(holdings, kId,
                  fmt::format("{} sessions of the account were alive, and one more was created; the cap is {}",
                              step.surely_alive, cap),
                  {}, reading_in_force(step.header, kReading));
  }
  if (step.possibly_alive >= cap) {
    return left_open(holdings, kId,
                     fmt::format("from {} to {} sessions may have been alive when one more was created; the cap is {}",
                                 step.surely_alive, step.possibly_alive, cap),
                     {}, reading_in_force(step.header, kReading));
  }
  if (step.surely_alive + 1 == cap) held(holdings, kId);
}

void of_refused(const CreationStep& step, Holdings& holdings) {
  const std::int64_t cap = step.header.promised.session_cap;
  const std::string reading = reading_in_force(step.header, kReading);
  if (!step.plain || step.other_cause || step.start_unknown) return;
  if (step.possibly_alive < cap && !step.unknown_cause.empty()) {
    return left_open(holdings, kId,
                     fmt::format("a creation was refused with at most {} sessions of the account alive, as {:.64}, "
                                 "which may or may not speak of the cap of {}",
                                 step.possibly_alive, step.unknown_cause, cap),
                     {}, reading);
  }
  if (step.possibly_alive < cap) {
    if (step.as_incorrect_id || step.possibly_alive + step.alive_at_others >= cap) return;
    return broken(holdings, kId,
                  fmt::format("a creation was refused with at most {} sessions of the account alive; the cap is {}",
                              step.possibly_alive, cap),
                  {}, reading);
  }
  if (step.surely_alive < cap) {
    return left_open(
        holdings, kId,
        fmt::format("from {} to {} sessions may have been alive when a creation was refused; the cap is {}",
                    step.surely_alive, step.possibly_alive, cap),
        {}, reading);
  }
  if (step.header.readings.at(std::string(kReading)) == "end_oldest") {
    return broken(holdings, kId, "a creation over the cap was refused, where it is declared to end the oldest session",
                  {}, reading);
  }
  held(holdings, kId);
}

}  // namespace

void c_ses_9_of_creation(const CreationStep& step, Holdings& holdings) {
  if (step.plan_without) return;
  if (step.result == CreationResult::kMade) of_made(step, holdings);
  if (step.result == CreationResult::kRefused) of_refused(step, holdings);
}

void c_ses_9_of_listing(const ListedStep& step, Holdings& holdings) {
  if (!step.shown || step.facts.standing != Standing::kNeverIssued || step.refused_creation == 0) return;
  broken(
      holdings, kId,
      fmt::format("the list shows {}, which was never issued: a creation over the cap was refused and made a session",
                  step.id),
      {step.refused_creation}, reading_in_force(step.header, kReading));
}

}  // namespace pinproof::conformance
