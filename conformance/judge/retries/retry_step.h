// One request with its attempts: the facts from which the rules about retries decide.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "conformance/judge/facts/exchange.h"
#include "conformance/judge/facts/holding.h"
#include "conformance/judge/retries/attempts.h"

namespace pinproof::conformance {

struct RetryStep {
  const HistoryHeader& header;
  const Exchange& exchange;
  std::vector<Attempt> attempts;
  bool in_session = false;
  bool asked = false;                 // the header is there
  std::optional<std::int64_t> count;  // its number; nothing where it is malformed
  bool asks_for_more = false;         // other control headers are there, which may narrow the choice of exits

  bool malformed() const { return asked && !count; }
  /// Retries after the first attempt that `count` allows, by the reading max_retries_counts.
  std::int64_t retries_allowed() const;
  std::int64_t retries() const { return attempts.empty() ? 0 : static_cast<std::int64_t>(attempts.size()) - 1; }
  bool first_failed() const { return !attempts.empty() && attempts.front().failed(); }
  /// The gateway had the time to try again: the client waited, and the gateway did not find the wait for a slot too long.
  bool could_retry() const;
};

RetryStep retry_step_of(const HistoryHeader& header, const Exchange& exchange);

}  // namespace pinproof::conformance
