// H-NOT-2: the origin sees what the client sent now, no cookie and no header of an earlier request; and through a tunnel all passes as it
// is. What the client's TLS hello looked like does not show in a history of requests.
#include "conformance/judge/forwarding/forwarding_rules.h"

namespace pinproof::conformance {

void h_not_2(const ForwardStep& step, Holdings& holdings) {
  if (!step.named_sessions) return;
  const std::string change = step.through_tunnel ? change_of_request(step) : std::string();
  if (!change.empty()) return broken(holdings, "H-NOT-2", "through a tunnel " + change);
  for (const FieldDifference& difference : step.differences) {
    if (carried_over(step, difference)) return broken(holdings, "H-NOT-2", words_of(difference));
  }
  held(holdings, "H-NOT-2");
}

}  // namespace pinproof::conformance
