// `list --json`: what ships, for machines. Arrays of objects, keys in a fixed order.
#pragma once

#include <string>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/scenario/scenario.h"

namespace pinproof::program {

std::string requirements_json(const conformance::Catalogue& catalogue,
                              const std::vector<conformance::Scenario>& scenarios);
std::string scenarios_json(const std::vector<conformance::Scenario>& scenarios);

/// The ids of the scenarios that speak for a requirement.
std::vector<std::string> scenarios_for(const std::string& requirement,
                                       const std::vector<conformance::Scenario>& scenarios);

}  // namespace pinproof::program
