#include "conformance/target/reference_gateway.h"

#include <algorithm>

namespace pinproof::conformance {

std::vector<AccountSecrets> secrets_of(const std::vector<sim::Account>& accounts) {
  std::vector<AccountSecrets> secrets;
  for (const sim::Account& account : accounts) {
    secrets.push_back({account.name, account.user, account.password, account.api_token});
  }
  return secrets;
}

ApiDialect api_dialect_of(const sim::ApiRules& rules) {
  return {rules.path, rules.style == sim::ApiStyle::kIdMap, rules.authentication == sim::ApiAuthentication::kBearer};
}

TargetDescription describe_reference(const SimulatedTargetOptions& options) {
  TargetDescription description;
  description.name = "reference gateway";
  description.kind = "sim";
  description.dialect = options.rules.dialect;
  description.clock = ClockKind::kVirtual;
  description.answer_wait =
      std::max(options.promised.delay_ceiling, options.promised.in_flight_timeout) + options.patience;
  description.capabilities = {Capability::kTime, Capability::kDrop, Capability::kExits, Capability::kAttempts};
  if (!options.rules.api.path.empty()) description.capabilities.add(Capability::kApi);
  if (options.rules.accounts.size() > 1) description.capabilities.add(Capability::kAccounts);
  description.readings = options.readings;
  description.promised = options.promised;
  description.vocabulary = options.vocabulary;
  description.exits = options.exits;
  for (const sim::Account& account : options.rules.accounts) description.accounts.push_back(account.name);
  for (const DomainDelay& domain : options.promised.domains) description.hosts_popular.push_back(domain.domain);
  return description;
}

}  // namespace pinproof::conformance
