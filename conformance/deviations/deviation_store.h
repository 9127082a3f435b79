// The deviations that ship: every file of ROOT/scenarios/deviations is one. The folder is the registry; there is no other list, and a file
// in it that does not load is an error.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/deviations/deviation.h"
#include "conformance/deviations/deviation_json.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

struct LoadedDeviations {
  std::vector<Deviation> deviations;    // in order of id
  std::vector<sim::InputError> errors;  // of each file that is none, in order of path
};

/// All that ship with `root`, the folder that holds scenarios/. A folder that is missing, or holds none, is an error.
LoadedDeviations load_deviations(const std::filesystem::path& root, const Catalogue& catalogue);

/// One, at `file`, which may lie anywhere.
sim::Parsed<Deviation> load_deviation(const std::filesystem::path& file, const std::filesystem::path& root,
                                      const Catalogue& catalogue);

/// ROOT/scenarios/rules/*.json, by dialect.
sim::Parsed<RulesTexts> load_rules_texts(const std::filesystem::path& root);

}  // namespace pinproof::conformance
