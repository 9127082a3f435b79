#include "conformance/explore/scaled.h"

#include <algorithm>

namespace pinproof::conformance {

SimulatedTargetOptions scaled_down(SimulatedTargetOptions options) {
  const std::int64_t promised = options.promised.session_cap;
  if (promised <= kSessionCapScaled) return options;
  options.promised.session_cap = kSessionCapScaled;
  std::uint32_t& limit = options.rules.session.limit_per_account;
  // Zero is no limit. One far from the promise stays as far from it as it can.
  if (limit > 0) limit = static_cast<std::uint32_t>(std::max<std::int64_t>(1, kSessionCapScaled + (limit - promised)));
  return options;
}

}  // namespace pinproof::conformance
