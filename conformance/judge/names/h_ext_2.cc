// H-EXT-2: the exit that the gateway claims is the one that the origin saw.
#include <fmt/format.h>

#include "conformance/judge/names/name_rules.h"

namespace pinproof::conformance {

void h_ext_2(const NameStep& step, Holdings& holdings) {
  const Observation& seen = step.seen();
  if (seen.exit_by_origin.empty() || seen.exit_by_header.empty() || step.exchange.fate != Fate::kServed) return;
  if (seen.exit_by_origin == seen.exit_by_header) return held(holdings, "H-EXT-2");
  broken(holdings, "H-EXT-2",
         fmt::format("the gateway claims {}, the origin saw {}", seen.exit_by_header, seen.exit_by_origin));
}

}  // namespace pinproof::conformance
