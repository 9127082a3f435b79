// What a scenario needs of a target, and whether a target has it: found out before anything is sent, so that a promise is reported as not
// testable there instead of being half tried.
#pragma once

#include <optional>
#include <string_view>

#include "conformance/catalogue/catalogue.h"
#include "conformance/history/history.h"
#include "conformance/scenario/scenario.h"
#include "conformance/target/target.h"

namespace pinproof::conformance {

/// The accounts that its steps use, by symbolic name, each once, in order of first use.
std::vector<std::string> accounts_of(const Scenario& scenario);

/// "client" is account "one" where the scenario says nothing of an actor.
std::string account_of(const Scenario& scenario, const std::string& actor);

/// What its requirements need, and what its steps and checks need beside.
Capabilities needs_of(const Scenario& scenario, const Catalogue& catalogue);

/// Why the target does not offer that requirement; null where it does.
const NotOffered* not_offered(const TargetDescription& target, std::string_view requirement);

/// Why it cannot be played on that target: not_testable with the needs missing, or not_supported with the reading or with what is not
/// offered; nothing if it can.
std::optional<Trouble> unplayable(const Scenario& scenario, const Catalogue& catalogue,
                                  const TargetDescription& target);

}  // namespace pinproof::conformance
