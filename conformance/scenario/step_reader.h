// Reads one step: an object with exactly one verb.
#pragma once

#include <string_view>
#include <vector>

#include "conformance/scenario/reading_context.h"
#include "conformance/scenario/scenario.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

/// Every verb there is.
const std::vector<std::string_view>& step_verbs();

Step read_step(const sim::JsonReader& json, ReadingContext& context);

}  // namespace pinproof::conformance
