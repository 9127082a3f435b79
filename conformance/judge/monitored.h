// Which requirements a monitor can speak of: those that are watched in every history, whatever its scenario expects. For lists, and for
// the test that no promise is without a check.
#pragma once

#include <string>
#include <vector>

namespace pinproof::conformance {

/// Ids, in the order of the catalogue: one for each rule of the fact monitors.
std::vector<std::string> monitored_requirements();

}  // namespace pinproof::conformance
