// What a search found, for a terminal: each counterexample with the command that plays it, and what was covered.
#pragma once

#include <string>
#include <vector>

#include "conformance/explore/exploration_json.h"
#include "reports/terminal_page.h"

namespace pinproof::program {

/// `replays`: by id of a counterexample, the command that plays it again.
std::string explore_report(const std::vector<conformance::DialectExploration>& explorations,
                           const std::map<std::string, std::string>& replays, double seconds,
                           const reports::TerminalOptions& options);

}  // namespace pinproof::program
