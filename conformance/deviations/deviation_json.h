// Deviations from their JSON form (scenarios/deviations/*.json, scenarios/schema/deviation.schema.json), applied to the rules they edit.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "conformance/catalogue/catalogue.h"
#include "conformance/deviations/deviation.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

/// The text of the shipped rules, by dialect: what edits start from.
using RulesTexts = std::map<std::string, std::string, std::less<>>;

/// Strict: no key, requirement, reading or dialect unknown; the id is the stem of `file`; each edit applies, all of them together change
/// something, and what comes out are rules of the same dialect. What is wrong with edited rules is said at the edit that made it so.
sim::Parsed<Deviation> parse_deviation(const std::string& file, std::string_view text, const Catalogue& catalogue,
                                       const RulesTexts& shipped);

}  // namespace pinproof::conformance
