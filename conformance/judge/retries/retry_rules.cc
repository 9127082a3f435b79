#include "conformance/judge/retries/retry_rules.h"

#include <array>

namespace pinproof::conformance {

std::span<const RetryRule> retry_rules() {
  static constexpr std::array<RetryRule, 4> kRules{c_ret_1, c_ret_2, c_ret_3, c_ret_4};
  return kRules;
}

}  // namespace pinproof::conformance
