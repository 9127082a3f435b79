// Writes expectations as JSON, for scenarios and histories. read_expectation() in expectation_reader.h reads the same
// back; `step` is left out, since in a scenario it is the place where the expectation stands: a history writes it
// beside.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "conformance/scenario/expectation.h"

namespace pinproof::conformance {

nlohmann::ordered_json expectation_to_json(const Expectation& expectation);

nlohmann::ordered_json exit_filter_to_json(const sim::ExitFilter& filter);

/// A string where there is one, else an array.
nlohmann::ordered_json strings_to_json(const std::vector<std::string>& strings);

}  // namespace pinproof::conformance
