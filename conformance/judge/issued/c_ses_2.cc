// C-SES-2: the requests of a session leave through one IP. A move after a loss is C-SES-13's, a move at another host
// C-SES-12's, a move by a retry C-RET-1's or C-RET-2's; an exit that only a listing told of is C-SES-5's.
#include <fmt/format.h>

#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {

void c_ses_2(const UseStep& step, Holdings& holdings) {
  if (!step.exit_counts() || step.facts.loss_possible || !step.served()) return;
  if (step.facts.session == nullptr) return;
  const Issued& session = *step.facts.session;
  if (step.stayed()) {
    if (session.last_ok != 0) held(holdings, "C-SES-2");
    return;
  }
  if (!step.moved() || session.exit_listed_by != 0 || step.exchange.seen.host != session.host) return;
  broken(holdings, "C-SES-2",
         fmt::format("session {} was on {}, and this request of it left through {}", session.id, session.exit,
                     step.exchange.exit),
         {session.last_ok});
}

}  // namespace pinproof::conformance
