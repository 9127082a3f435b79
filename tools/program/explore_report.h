// What a search found, for a terminal: each counterexample with the command that plays it, and what was covered.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "conformance/explore/exploration.h"
#include "reports/terminal_page.h"

namespace pinproof::program {

/// `replays`: by id of a counterexample, the command that plays it again. `seconds`: that it took, where that is known.
std::string explore_report(const conformance::ExploreResult& result, const std::map<std::string, std::string>& replays,
                           std::optional<double> seconds, const reports::TerminalOptions& options);

}  // namespace pinproof::program
