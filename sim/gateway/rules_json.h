// Rules from their JSON form (scenarios/rules/*.json, scenarios/schema/rules.schema.json).
#pragma once

#include <string>
#include <string_view>

#include "sim/core/input_error.h"
#include "sim/gateway/rules.h"

namespace pinproof::sim {

/// Strict: every section there, no key unknown, every plan that an account has defined, durations and numbers in range.
Parsed<Rules> parse_rules(std::string file, std::string_view text);

}  // namespace pinproof::sim
