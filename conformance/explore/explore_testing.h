// For the tests of explore: the shipped gateways as they are searched, and players on them.
#pragma once

#include <memory>
#include <string>

#include "conformance/deviations/deviation.h"
#include "conformance/explore/explorer.h"
#include "conformance/explore/small_world.h"
#include "conformance/target/simulated_target.h"

namespace pinproof::conformance {

/// The reference gateway with its caps scaled down.
SimulatedTargetOptions searched_gateway(const std::string& dialect);

/// A deviation that ships, by its name, unscaled.
SimulatedTargetOptions wrong_gateway(const std::string& name);

SmallWorld world_of(const std::string& dialect);

/// Search, shrink and confirm in the simulator.
ExploreTargets simulated(const SimulatedTargetOptions& gateway);

/// The scenario, and on one line, for a shell, what saves it and plays it on that target: what a failing property prints.
std::string told(const Scenario& scenario, const std::string& target = "sim");

}  // namespace pinproof::conformance
