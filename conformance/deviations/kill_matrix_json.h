// The kill matrix as JSON: what `pinproof deviations --json` prints and --out leaves in deviations.json. Its shape is in
// scenarios/schema/deviations-result.schema.json. The same suite, deviations and seed give the same bytes: how long it took is not in it.
#pragma once

#include <string>

#include "conformance/deviations/kill_matrix.h"

namespace pinproof::conformance {

/// `version` is the program's. Ends with a newline.
std::string to_json(const KillMatrix& matrix, const std::string& version);

}  // namespace pinproof::conformance
