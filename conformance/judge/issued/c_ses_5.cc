// C-SES-5: the list has this account's live sessions, each with the IP that the origin sees. A deleted one in it is
// C-SES-6's, one that only an earlier listing kept alive C-SES-8's, one that a refused creation made C-SES-9's, one
// that ended with its exit C-SES-13's.
#include <fmt/format.h>

#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {
namespace {

void of_shown(const ListedStep& step, Holdings& holdings) {
  const IssuedFacts& facts = step.facts;
  switch (facts.standing) {
    case Standing::kNeverIssued:
      if (step.refused_creation != 0) return;
      return broken(holdings, "C-SES-5", fmt::format("the list shows {}, which was never issued", step.id));
    case Standing::kForeign:
      return broken(holdings, "C-SES-5", fmt::format("the list shows {}, which is another account's", step.id),
                    {facts.session->created_by});
    case Standing::kGone:
      return broken(holdings, "C-SES-5", fmt::format("the list shows {}, which had been refused as incorrect", step.id),
                    {facts.session->ended_by});
    case Standing::kExpired:
      if (facts.listing != 0) return;
      return broken(holdings, "C-SES-5", fmt::format("the list shows {}, which has expired", step.id),
                    {facts.session->last_ok});
    case Standing::kDeleted:
    case Standing::kLost:
      return;
    case Standing::kAlive:
    case Standing::kUnclear:
      break;
  }
  const Issued* session = facts.session;
  if (session == nullptr || session->exit.empty() || facts.loss_possible) return;
  if (step.exit == session->exit) {
    if (facts.standing == Standing::kAlive) held(holdings, "C-SES-5");
    return;
  }
  if (session->exit_listed_by != 0) {
    return broken(
        holdings, "C-SES-5",
        fmt::format("the list gives {} for {}, where a list before it gave {}", step.exit, step.id, session->exit),
        {session->exit_listed_by});
  }
  broken(holdings, "C-SES-5",
         fmt::format("the list gives {} for {}, whose requests leave through {}", step.exit, step.id, session->exit),
         {session->last_ok});
}

}  // namespace

// A list told of the exit before any request did, and was wrong.
void c_ses_5_of_use(const UseStep& step, Holdings& holdings) {
  if (!step.exit_counts() || step.facts.loss_possible || !step.served() || step.facts.session == nullptr) return;
  const Issued& session = *step.facts.session;
  if (session.exit_listed_by == 0) return;
  if (step.stayed()) return held(holdings, "C-SES-5");
  if (!step.moved()) return;
  broken(holdings, "C-SES-5",
         fmt::format("the list gave {} for {}, and this request of it left through {}", session.exit, session.id,
                     step.exchange.exit),
         {session.exit_listed_by});
}

void c_ses_5_of_listing(const ListedStep& step, Holdings& holdings) {
  if (step.call.malformed) return broken(holdings, "C-SES-5", "the list is not a JSON object of ids and IPs");
  if (step.id.empty()) return held(holdings, "C-SES-5");  // nothing to show, and nothing shown
  if (step.shown) return of_shown(step, holdings);
  const IssuedFacts& facts = step.facts;
  if (facts.standing != Standing::kAlive || facts.loss_possible || facts.early_explained) return;
  broken(holdings, "C-SES-5", fmt::format("session {} is alive, and the list lacks it", step.id),
         {facts.session->last_ok});
}

}  // namespace pinproof::conformance
