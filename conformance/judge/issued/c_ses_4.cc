// C-SES-4: an incorrect id is refused with bad_session_id and nothing is forwarded. What kept a deleted, an expired
// or a lost session alive is C-SES-6's, -7's, -8's and -13's; the manner of the refusal is always ruled on here, but for
// one that has a documented cause of its own: of the id it says nothing.
#include <fmt/format.h>

#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {
namespace {

std::string_view described(Standing standing) {
  switch (standing) {
    case Standing::kNeverIssued:
      return "was never issued";
    case Standing::kForeign:
      return "is another account's";
    case Standing::kDeleted:
      return "has been deleted";
    case Standing::kLost:
      return "ended with its exit";
    case Standing::kGone:
      return "had been refused before";
    case Standing::kExpired:
      return "has expired";
    case Standing::kAlive:
    case Standing::kUnclear:
      break;
  }
  return "is incorrect";
}

std::vector<std::uint64_t> because(const Issued* session) {
  if (session == nullptr) return {};
  return {session->surely_ended() ? session->ended_by : session->created_by};
}

}  // namespace

void c_ses_4(const UseStep& step, Holdings& holdings) {
  const IssuedFacts& facts = step.facts;
  if (!facts.incorrect()) return;
  if (step.taken == TakenFor::kIncorrect) return held(holdings, "C-SES-4");
  const std::string id = fmt::format("the id {:.64} {}", step.exchange.seen.session, described(facts.standing));
  if (step.taken == TakenFor::kOther && step.plain && !step.other_cause) {
    return broken(holdings, "C-SES-4", fmt::format("{}, and it was {}", id, step.refusal), because(facts.session));
  }
  const bool owned =
      facts.standing == Standing::kDeleted || facts.standing == Standing::kLost || facts.standing == Standing::kExpired;
  if (step.taken == TakenFor::kAlive && !owned) {
    broken(holdings, "C-SES-4",
           step.served() ? fmt::format("{}, and yet the request was served", id)
                         : fmt::format("{}, and yet the request was forwarded", id),
           because(facts.session));
  }
}

}  // namespace pinproof::conformance
