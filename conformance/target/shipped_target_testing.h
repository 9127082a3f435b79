// The simulated target as it ships, for tests: the rules, vocabulary and catalogue of the source tree.
#pragma once

#include <memory>
#include <string>

#include "conformance/catalogue/catalogue.h"
#include "conformance/scenario/scenario.h"
#include "conformance/target/simulated_target.h"

namespace pinproof::conformance {

/// The catalogue of the source tree; a test fails, and the program ends, where it does not load.
const Catalogue& shipped_catalogue();

/// Options for "helodata" or "crawlera"; a deviation is an edit of their rules.
SimulatedTargetOptions shipped_target_options(const std::string& dialect);

/// The same under readings for which the scenario is: what the gateway then declares, and what it then does. A test fails where this does
/// not know how it would.
SimulatedTargetOptions shipped_target_options_for(const Scenario& scenario);

std::unique_ptr<SimulatedTarget> shipped_target(const std::string& dialect);

}  // namespace pinproof::conformance
