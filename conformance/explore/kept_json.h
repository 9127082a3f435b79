// What a run keeps, as JSON: kept.json beside explore.json. It is for --merge, which finds out from the least cases of each shard which
// are the least of all; what comes of that goes to the corpus.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/explore/kept.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

using KeptByDialect = std::map<std::string, std::vector<KeptCase>>;

/// Ends with a newline.
std::string kept_to_json(const KeptByDialect& kept);

sim::Parsed<KeptByDialect> parse_kept(std::string file, std::string_view text);

}  // namespace pinproof::conformance
