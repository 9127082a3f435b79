// The secrets of a target's accounts: put into a request at the moment of sending, and kept out of everything that is recorded.
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <string_view>
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

/// From this length on a secret is found in any case of its letters; a shorter one only as it is, since in some case it is part of a word.
inline constexpr std::size_t kCaselessLengthMin = 8;

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

  /// Without any secret: fields of credentials have the value "{redacted}", a secret inside another value is told by its kind. The field
  /// itself stays, since that it came is what a history has to show. A secret is found as it is, in another case of its letters, with any of
  /// its bytes percent-encoded, in base64 or base64url as part of whatever was encoded, and in hexadecimal. What else a gateway may make of
  /// it (backwards, encrypted, encoded twice) nobody can look for.
  sim::Headers redacted(sim::Headers headers) const;
  std::string redacted(std::string text) const;

 private:
  /// A text that gives a secret away.
  struct Form {
    std::string text;  // in lower case where any will do
    std::string shown;
    bool any_case = false;
  };

  const AccountSecrets& find(std::string_view account) const;
  void add_forms(const std::string& secret, const std::string& shown);
  void add_base64(std::string text, const std::string& shown);
  void add(std::string text, const std::string& shown);
  bool is_secret_in(std::string_view text) const;
  static std::size_t length_of(const Form& form, std::string_view text);

  std::vector<AccountSecrets> accounts_;
  std::vector<Form> forms_;      // longest first
  std::bitset<0x10000> begins_;  // pairs of characters with which one of them begins
};

}  // namespace pinproof::conformance
