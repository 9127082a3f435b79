// The scenarios that ship: every file below ROOT/scenarios/<dialect>/ is one, by its place. The folder is the
// registry; there is no other list, and a file in it that does not load is an error.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/scenario/scenario.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

struct LoadedScenarios {
  std::vector<Scenario> scenarios;      // in order of id
  std::vector<sim::InputError> errors;  // of each file that is none, in order of path
};

/// All that ship with `root`, the folder that holds scenarios/.
LoadedScenarios load_scenarios(const std::filesystem::path& root, const Catalogue& catalogue);

/// Those at `path`: a file, or every file below a folder. One that lies in the registry of `root` must have the id of
/// its place; others (counterexamples, one's own) may have any. A path that is not there is an error, and so is a
/// folder without scenarios.
LoadedScenarios load_scenarios_at(const std::filesystem::path& path, const std::filesystem::path& root,
                                  const Catalogue& catalogue);

/// What a run is narrowed to. Globs are matched against whole ids: '*' stands for any run of characters, '/'
/// included, '?' for one.
struct Selection {
  std::string dialect;               // empty: any
  std::vector<std::string> filters;  // one of them has to match; none: all do
  std::vector<std::string> skips;    // and none of these
};

bool is_selected(const Selection& selection, const Scenario& scenario);

bool glob_matches(std::string_view glob, std::string_view text);

}  // namespace pinproof::conformance
