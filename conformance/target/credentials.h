// The secrets of a target's accounts: put into a request at the moment of sending, and kept out of everything that is recorded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "conformance/scenario/scenario.h"
#include "sim/http/headers.h"

namespace pinproof::conformance {

/// What a target knows of an account; `name` is what scenarios call it.
struct AccountSecrets {
  std::string name;
  std::string user;
  std::string password;
  std::string api_token;
};

/// Shorter secrets are not looked for in what is recorded: they would be found by chance in every word.
inline constexpr std::size_t kSecretLengthMin = 4;

class Credentials {
 public:
  explicit Credentials(std::vector<AccountSecrets> accounts);

  std::vector<std::string> names() const;

  /// The Proxy-Authorization field for a user name with "{account}" in it (empty: the account's user alone), as good or bad as
  /// `fault` says; nothing for kMissing. The account is one of names().
  std::optional<std::string> proxy_field(std::string_view account, std::string_view user_name,
                                         CredentialFault fault) const;

  /// The Authorization field of the sessions API: Basic, or the account's bearer token.
  std::optional<std::string> api_field(std::string_view account, bool bearer, CredentialFault fault) const;

  /// Without any secret: fields of credentials have the value "{redacted}", a secret inside another value is told by its kind. The
  /// field itself stays, since that it came is what a history has to show.
  sim::Headers redacted(const sim::Headers& headers) const;
  std::string redacted(std::string_view text) const;

 private:
  const AccountSecrets& find(std::string_view account) const;

  std::vector<AccountSecrets> accounts_;
  std::vector<std::pair<std::string, std::string>> secrets_;  // and what is shown for each, longest first
};

}  // namespace pinproof::conformance
