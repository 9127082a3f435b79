// C-RET-2: a session that asks for n retries gets some where its upstream fails, never more than n, and all through its own exit. Whether
// they are tried at all after the exit was lost is left to the gateway, and a move to another exit then is C-SES-13's.
#include <fmt/format.h>

#include <algorithm>

#include "conformance/judge/retries/retry_rules.h"

namespace pinproof::conformance {

void c_ret_2(const RetryStep& step, Holdings& holdings) {
  if (!step.in_session || !step.count || !step.first_failed()) return;
  const std::string reading = "max_retries_counts=" + step.header.readings.at("max_retries_counts");
  const auto fails = [&](std::string reason) {
    holdings.push_back({"C-RET-2", Verdict::kFail, std::move(reason), {}, reading});
  };
  const std::int64_t allowed = step.retries_allowed();
  if (step.retries() > allowed)
    return fails(fmt::format("{} retries where {} were asked for", step.retries(), allowed));
  const auto away =
      std::adjacent_find(step.attempts.begin(), step.attempts.end(),
                         [](const Attempt& left, const Attempt& right) { return left.exit != right.exit; });
  if (away != step.attempts.end()) {
    if (away->lost()) return;
    return fails(fmt::format("the session is on {}, and a retry went through {}", away->exit, std::next(away)->exit));
  }
  const bool lost =
      std::any_of(step.attempts.begin(), step.attempts.end(), [](const Attempt& attempt) { return attempt.lost(); });
  if (step.retries() == 0 && allowed > 0) {
    if (lost || !step.could_retry()) return;
    return fails(fmt::format("{} failed the request, {} retries were asked for, and none was made",
                             step.attempts[0].exit, allowed));
  }
  holdings.push_back({"C-RET-2", Verdict::kPass, {}, {}, reading});
}

}  // namespace pinproof::conformance
