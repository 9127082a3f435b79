// A counterexample in plain words: what happens in it, for its title.
#pragma once

#include <string>

#include "conformance/catalogue/catalogue.h"
#include "conformance/scenario/scenario.h"

namespace pinproof::conformance {

/// "Broken: fresh exit after a loss. A request as u1, its exit drops, a request as u1", in at most kTextMax characters.
std::string title_of(const Scenario& scenario, const Requirement& broken);

}  // namespace pinproof::conformance
