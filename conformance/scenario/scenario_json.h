// Scenarios as JSON files. docs/scenarios.md shows the format to authors, scenarios/schema/scenario.schema.json tells
// it to editors.
#pragma once

#include <string>
#include <string_view>

#include "conformance/catalogue/catalogue.h"
#include "conformance/scenario/scenario.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

/// The version of the format, which every file says: {"scenario": 1, …}.
inline constexpr int kScenarioVersion = 1;

/// Reads a scenario, or says the first thing wrong with it: shape, limits, names that do not exist, requirements and
/// readings that the catalogue does not know. `id_expected`, where the file's place in the registry decides it, has
/// to be the id.
sim::Parsed<Scenario> parse_scenario(std::string file, std::string_view text, const Catalogue& catalogue,
                                     std::string_view id_expected = {});

/// The text of a scenario: what is as by default left out, a step a line where it fits. parse_scenario gives the same
/// scenario back, but for `file`; and the same scenario always gives the same text.
std::string scenario_to_json(const Scenario& scenario);

}  // namespace pinproof::conformance
