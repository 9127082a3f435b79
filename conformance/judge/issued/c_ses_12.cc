// C-SES-12: a session keeps its IP from host to host. At the same host C-SES-2 speaks, after a loss C-SES-13.
#include <fmt/format.h>

#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {

void c_ses_12(const UseStep& step, Holdings& holdings) {
  if (!step.exit_counts() || step.facts.loss_possible || !step.served() || step.facts.session == nullptr) return;
  const Issued& session = *step.facts.session;
  if (session.exit_listed_by != 0 || session.host.empty() || step.exchange.seen.host == session.host) return;
  if (step.header.readings.at("session_across_regions") != "same_exit") return;
  if (step.stayed()) return held(holdings, "C-SES-12");
  if (!step.moved()) return;
  broken(holdings, "C-SES-12",
         fmt::format("session {} left through {} for {}, and this request through {} for {}", session.id, session.exit,
                     session.host, step.exchange.exit, step.exchange.seen.host),
         {session.last_ok}, reading_in_force(step.header, "session_across_regions"));
}

}  // namespace pinproof::conformance
