// What a harness knows of the reference gateway that behaves by given rules, simulated or on sockets: how it is spoken to, and what it
// promises.
#pragma once

#include <vector>

#include "conformance/target/api_flight.h"
#include "conformance/target/credentials.h"
#include "conformance/target/simulated_target.h"
#include "conformance/target/target.h"

namespace pinproof::conformance {

std::vector<AccountSecrets> secrets_of(const std::vector<sim::Account>& accounts);

ApiDialect api_dialect_of(const sim::ApiRules& rules);

/// As the simulated target is described; another kind says what it does otherwise.
TargetDescription describe_reference(const SimulatedTargetOptions& options);

}  // namespace pinproof::conformance
