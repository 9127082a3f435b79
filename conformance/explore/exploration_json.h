// What a search found, as JSON: what `pinproof explore --json` prints and --out leaves in explore.json. The same seed, cases and gateway
// give the same bytes, however many jobs there were: how long it took is not in it.
#pragma once

#include <string>
#include <vector>

#include "conformance/explore/explorer.h"

namespace pinproof::conformance {

/// Of one dialect.
struct DialectExploration {
  std::string dialect;
  SmallWorld world;
  Exploration exploration;
  std::vector<std::string> unreached;  // what coverage lacks, see unreached()
};

/// `version` is the program's. Ends with a newline.
std::string to_json(const std::vector<DialectExploration>& explorations, const ExploreOptions& options,
                    const std::string& version);

}  // namespace pinproof::conformance
