// C-RET-1: in a session that does not ask for retries a failing upstream is tried once. A session that is taken to another exit because
// its own was lost is C-SES-13's.
#include <fmt/format.h>

#include "conformance/judge/retries/retry_rules.h"

namespace pinproof::conformance {

void c_ret_1(const RetryStep& step, Holdings& holdings) {
  if (!step.in_session || step.asked || !step.first_failed()) return;
  if (step.attempts.size() == 1) return held(holdings, "C-RET-1");
  const Attempt& first = step.attempts[0];
  const Attempt& second = step.attempts[1];
  if (first.lost() && second.exit != first.exit) return;
  broken(holdings, "C-RET-1",
         fmt::format("in a session, and without {}, the request was tried {} times: {} failed it and {} was tried next",
                     step.header.vocabulary.max_retries, step.attempts.size(), first.exit, second.exit));
}

}  // namespace pinproof::conformance
