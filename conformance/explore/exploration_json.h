// What a search found, as JSON: what `pinproof explore --json` prints and --out leaves in explore.json, and what --merge reads again. The
// same search gives the same bytes, however many jobs there were: how long it took is not in it.
#pragma once

#include <string>
#include <string_view>

#include "conformance/catalogue/catalogue.h"
#include "conformance/explore/exploration.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

/// The version of the format.
inline constexpr int kExplorationVersion = 1;

/// Ends with a newline. Of what is kept it tells the numbers only, see kept_json.h.
std::string to_json(const ExploreResult& result);

/// Without what is kept.
sim::Parsed<ExploreResult> parse_exploration(std::string file, std::string_view text, const Catalogue& catalogue);

}  // namespace pinproof::conformance
