// A profile with what its references lead to: everything that is needed to connect, secrets among it. Never printed.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "conformance/profile/profile.h"
#include "conformance/target/credentials.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

struct FoundContract {
  std::string url;
  std::string token;
};

struct FoundProfile {
  Profile profile;
  std::string version;      // of the implementation; empty: not said
  std::string gateway;      // URL
  std::string authorities;  // PEM; empty: the system's
  std::vector<AccountSecrets> accounts;
  std::string page;  // URL of an echo or a page; empty: our origin
  std::optional<FoundContract> upstreams;
  std::optional<FoundContract> clock;
  std::string api;  // URL; empty: the gateway's
};

/// Follows every reference; all that is wrong with any of them, none of it with a value.
std::variant<FoundProfile, std::vector<sim::InputError>> find_values(const Profile& profile,
                                                                     const Environment& environment);

}  // namespace pinproof::conformance
