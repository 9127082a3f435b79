#include "conformance/profile/profile.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "sim/http/target.h"

namespace pinproof::conformance {
namespace {

/// Clocks of a machine under load, and what a switch of tasks takes.
constexpr Duration kWallTolerance = std::chrono::milliseconds(100);

/// Beside the longest delay promised: the time-outs of six attempts of 30 s, and as much again; what the simulated client has.
constexpr Duration kPatience = std::chrono::minutes(6);

}  // namespace

std::vector<std::string> variables_of(const Profile& profile) {
  std::set<std::string> names;
  const auto add = [&names](const ValueReference& reference) {
    if (reference.kind == ValueReference::Kind::kEnvironment) names.insert(reference.value);
  };
  const auto add_if = [&add](const std::optional<ValueReference>& reference) {
    if (reference) add(*reference);
  };
  add(profile.gateway.url);
  add_if(profile.gateway.authorities);
  add_if(profile.implementation.version);
  for (const ProfileAccount& account : profile.accounts) {
    add(account.user);
    add_if(account.password);
    add_if(account.api_token);
  }
  add(profile.origin.url);
  for (const std::optional<ProfileContract>& contract : {profile.upstreams, profile.clock.control}) {
    if (!contract) continue;
    add(contract->url);
    add(contract->token);
  }
  if (profile.api) add_if(profile.api->url);
  return {names.begin(), names.end()};
}

Capabilities capabilities_of(const Profile& profile) {
  const bool ours = profile.origin.kind == ProfileOrigin::Kind::kOurs;
  const bool claimed = profile.origin.kind == ProfileOrigin::Kind::kPage;
  Capabilities capabilities{Capability::kTime, Capability::kWire};
  if (profile.upstreams) capabilities.add(Capability::kDrop);
  if (!claimed || !profile.vocabulary.exit_address.empty()) capabilities.add(Capability::kExits);
  if (profile.upstreams && ours) capabilities.add(Capability::kAttempts);
  if (profile.api) capabilities.add(Capability::kApi);
  if (profile.accounts.size() > 1) capabilities.add(Capability::kAccounts);
  if (ours || profile.origin.url.value.starts_with("https://")) capabilities.add(Capability::kTls);
  for (const NotOffered& row : profile.not_offered) {
    if (const auto capability = parse_capability(row.what)) capabilities.remove(*capability);
  }
  return capabilities;
}

TargetDescription description_of(const Profile& profile) {
  TargetDescription description;
  description.name = profile.title;
  description.kind = "profile";
  description.dialect = profile.dialect;
  description.clock = profile.clock.kind;
  description.clock_scale = profile.clock.scale;
  const bool controlled = profile.clock.kind == ClockKind::kControlled;
  const auto scaled = std::chrono::duration_cast<Duration>(kWallTolerance * profile.clock.scale);
  description.tolerance = profile.tolerance.value_or(controlled ? Duration::zero() : scaled);
  description.answer_wait = profile.answer_wait.value_or(
      std::max(profile.promises.delay_ceiling, profile.promises.in_flight_timeout) + kPatience);
  description.capabilities = capabilities_of(profile);
  description.readings = profile.readings;
  description.promised = profile.promises;
  description.vocabulary = profile.vocabulary;
  for (const ProfileAccount& account : profile.accounts) description.accounts.push_back(account.name);
  description.origin_is_ours = profile.origin.kind == ProfileOrigin::Kind::kOurs;
  if (description.origin_is_ours) {
    description.hosts_under = profile.origin.domain;
    for (const DomainDelay& domain : profile.promises.domains) {
      if (sim::within_domain(domain.domain, profile.origin.domain)) description.hosts_popular.push_back(domain.domain);
    }
  }
  description.requests_max = profile.limits.requests_per_scenario;
  description.at_once_max = profile.limits.concurrency;
  description.not_offered = profile.not_offered;
  return description;
}

}  // namespace pinproof::conformance
