// C-RET-4: a retry count that is none is refused, and nothing is forwarded.
#include <fmt/format.h>

#include "conformance/judge/retries/retry_rules.h"

namespace pinproof::conformance {

void c_ret_4(const RetryStep& step, Holdings& holdings) {
  if (!step.malformed()) return;
  const Exchange& exchange = step.exchange;
  const std::string& field = step.header.vocabulary.max_retries;
  if (!step.attempts.empty() || !exchange.reached_nothing()) {
    return broken(holdings, "C-RET-4", fmt::format("{} is no count, yet the request was forwarded", field));
  }
  switch (exchange.fate) {
    case Fate::kRefused:
      return held(holdings, "C-RET-4");
    case Fate::kUnknown:
      return;
    case Fate::kClosed:
      return broken(holdings, "C-RET-4", fmt::format("{} is no count, and there was no answer", field));
    case Fate::kServed:
    case Fate::kCutShort:
    case Fate::kFailed:
      return broken(holdings, "C-RET-4",
                    fmt::format("{} is no count, and the answer is {}, not a refusal", field, exchange.seen.status));
  }
}

}  // namespace pinproof::conformance
