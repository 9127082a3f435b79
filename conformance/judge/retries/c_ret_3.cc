// C-RET-3: outside sessions a failing upstream is retried through other exits, at most as often as declared, or as the request itself
// says. What cannot be repeated without harm may be left alone once it has gone out.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "conformance/judge/retries/retry_rules.h"

namespace pinproof::conformance {
namespace {

// RFC 9110, 9.2.2.
bool idempotent(std::string_view method) { return method != "POST" && method != "PATCH"; }

bool may_repeat(const Attempt& attempt, std::string_view method) {
  return attempt.end == AttemptEnd::kRefused || attempt.end == AttemptEnd::kFailed || idempotent(method);
}

const Attempt* tried_again(const std::vector<Attempt>& attempts) {
  for (auto attempt = attempts.begin(); attempt != attempts.end(); ++attempt) {
    const bool before =
        std::any_of(attempts.begin(), attempt, [&](const Attempt& other) { return other.exit == attempt->exit; });
    if (before) return &*attempt;
  }
  return nullptr;
}

}  // namespace

void c_ret_3(const RetryStep& step, Holdings& holdings) {
  if (step.in_session || step.malformed() || !step.first_failed()) return;
  const std::int64_t allowed = step.asked ? step.retries_allowed() : step.header.promised.default_retries;
  if (step.retries() > allowed) {
    return broken(holdings, "C-RET-3",
                  fmt::format("{} retries where {} at most were declared", step.retries(), allowed));
  }
  const std::size_t exits = step.header.exits.size();
  const Attempt* again = tried_again(step.attempts);
  const bool enough_exits = exits == 0 || step.attempts.size() <= exits;  // none are listed where they are not known
  if (again != nullptr && !step.asks_for_more && enough_exits) {
    return broken(holdings, "C-RET-3",
                  fmt::format("{} had failed the request, and a retry went through it again", again->exit));
  }
  if (step.retries() > 0 || allowed == 0) return held(holdings, "C-RET-3");
  const bool other_exit = exits != 1 && !step.asks_for_more;
  if (!other_exit || !step.could_retry() || !may_repeat(step.attempts.front(), step.exchange.seen.method)) return;
  broken(holdings, "C-RET-3",
         fmt::format("{} failed the request, up to {} retries through other exits are promised, and none was made",
                     step.attempts.front().exit, allowed));
}

}  // namespace pinproof::conformance
