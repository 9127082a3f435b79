// The symbols of a scenario as this run says them: session ids, hosts and tokens that no other run or scenario uses, and that the same
// run always says the same way.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "conformance/history/user_name_template.h"
#include "conformance/scenario/scenario.h"
#include "conformance/target/target.h"

namespace pinproof::conformance {

class Symbols {
 public:
  Symbols(std::string_view scenario, std::uint64_t seed);

  /// "@job" as a session id of [a-z0-9], at most 32 characters: "job" and eight more. Anything else stays as it is.
  std::string session(std::string_view text) const;

  /// "site" as "site.origin.test"; "popular" as the target's first domain with a delay of its own; a name with a dot as it is.
  std::string host(std::string_view name, const TargetDescription& target) const;

  /// The token of the n-th request, a label of a host name that begins with "t-".
  std::string token(std::uint64_t id) const;

  /// The user name in the target's words with "{account}" in it; empty where the dialect has none.
  std::string user_name(const UserName& user, const UserNameTemplate& words) const;

 private:
  std::uint64_t base_;
  std::string run_;  // what the tokens of this run end in
};

}  // namespace pinproof::conformance
