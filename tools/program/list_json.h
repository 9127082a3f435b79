// `list --json`: what ships, for machines. Arrays of objects, keys in a fixed order.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/deviations/deviation.h"
#include "conformance/profile/profile.h"
#include "conformance/scenario/scenario.h"

namespace pinproof::program {

std::string requirements_json(const conformance::Catalogue& catalogue,
                              const std::vector<conformance::Scenario>& scenarios,
                              const std::vector<conformance::Deviation>& deviations);
std::string scenarios_json(const std::vector<conformance::Scenario>& scenarios);
std::string deviations_json(const std::vector<conformance::Deviation>& deviations);
std::string profiles_json(const std::vector<conformance::Profile>& profiles);

/// The ids of the scenarios that speak for a requirement.
std::vector<std::string> scenarios_for(const std::string& requirement,
                                       const std::vector<conformance::Scenario>& scenarios);

/// How many properties watch a requirement in every history, whatever its scenario expects.
std::size_t properties_for(const std::string& requirement);

}  // namespace pinproof::program
