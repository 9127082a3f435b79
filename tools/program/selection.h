// Which scenarios a run plays: those at the paths given, narrowed by dialect and globs.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "conformance/scenario/scenario.h"
#include "tools/program/data.h"
#include "tools/program/options.h"

namespace pinproof::program {

/// What is wrong: one line each.
using Complaints = std::vector<std::string>;

/// Of those that are in one of `dialects`, which are not none. In order of id. Never empty: a filter that matches nothing is a complaint, with the nearest ids (exit 2).
std::variant<std::vector<conformance::Scenario>, Complaints> select_scenarios(const RunOptions& options,
                                                                              const Data& data,
                                                                              const std::vector<std::string>& dialects);

/// How many threads `--jobs` means: 0 is one for each core.
unsigned jobs_of(std::size_t jobs);

/// One scenario, by its file or by the id of one that is shipped.
std::variant<conformance::Scenario, Complaints> find_scenario(const std::string& file_or_id, const Data& data);

}  // namespace pinproof::program
