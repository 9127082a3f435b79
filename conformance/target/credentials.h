// The secrets of a target's accounts: put into a request at the moment of sending, and kept out of everything that is recorded.
#pragma once

#include <bitset>
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

  /// Without any secret: fields of credentials have the value "{redacted}", a secret inside another value is told by its kind,
  /// also where it is in base64. The field itself stays, since that it came is what a history has to show.
  sim::Headers redacted(sim::Headers headers) const;
  std::string redacted(std::string text) const;

 private:
  const AccountSecrets& find(std::string_view account) const;
  bool is_secret_in(std::string_view text) const;

  std::vector<AccountSecrets> accounts_;
  std::vector<std::pair<std::string, std::string>> secrets_;  // and what is shown for each, longest first
  std::vector<std::pair<std::string, std::string>> encoded_;  // the same inside of base64, for longer texts
  std::bitset<0x10000> begins_;                               // pairs of characters with which one of them begins
};

}  // namespace pinproof::conformance
