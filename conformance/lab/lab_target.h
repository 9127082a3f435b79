// The lab as a target: the scenarios of the simulator on real TCP, in this process, on a clock that the harness moves.
//
// A reset with a seed gives the picks that the simulated target gives with it, so that verdicts can be compared scenario by scenario.
#pragma once

#include <memory>
#include <string>

#include "conformance/target/simulated_target.h"
#include "conformance/target/target.h"

namespace pinproof::conformance {

/// The same defendant and the same law as of a simulated target. Throws std::runtime_error where the lab cannot start: the environment is
/// broken.
std::unique_ptr<Target> make_lab_target(const SimulatedTargetOptions& options);

}  // namespace pinproof::conformance
