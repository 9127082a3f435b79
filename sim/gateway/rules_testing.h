// The shipped rules, for tests.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "sim/gateway/rules.h"

namespace pinproof::sim {

/// The text of scenarios/rules/NAME.json.
std::string shipped_rules_text(std::string_view name);

/// The same, read; a test that gets no rules throws what was wrong with them.
Rules shipped_rules(std::string_view name);

/// The same, changed.
Rules changed_rules(std::string_view name, const std::function<void(Rules&)>& change);

}  // namespace pinproof::sim
