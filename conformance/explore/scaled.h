// A reference gateway whose large caps are small, in its rules and in what was promised alike, so that short cases reach them: 5,000
// sessions become 5, and a gateway that allows one more than was promised still does.
#pragma once

#include "conformance/target/simulated_target.h"

namespace pinproof::conformance {

inline constexpr std::int64_t kSessionCapScaled = 5;

SimulatedTargetOptions scaled_down(SimulatedTargetOptions options);

}  // namespace pinproof::conformance
