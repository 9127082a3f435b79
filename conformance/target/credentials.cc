#include "conformance/target/credentials.h"

#include <algorithm>

#include "sim/core/check.h"
#include "sim/http/basic_credentials.h"

namespace pinproof::conformance {
namespace {

constexpr std::string_view kPlaceholder = "{account}";
constexpr std::string_view kNobody = "nobody0nobody0";  // well-formed in every dialect, and nobody's
constexpr std::string_view kMalformed = "Basic *";      // no base64
constexpr std::string_view kRedacted = "{redacted}";

std::string replace_all(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

}  // namespace

Credentials::Credentials(std::vector<AccountSecrets> accounts) : accounts_(std::move(accounts)) {
  const auto add = [&](const std::string& secret, std::string_view shown) {
    if (secret.size() >= kSecretLengthMin) secrets_.emplace_back(secret, shown);
  };
  for (const AccountSecrets& account : accounts_) {
    add(sim::encode_base64(account.user + ":" + account.password), "{credentials}");
    add(account.user, kPlaceholder);
    add(account.password, "{password}");
    add(account.api_token, "{token}");
  }
  std::stable_sort(secrets_.begin(), secrets_.end(),
                   [](const auto& left, const auto& right) { return left.first.size() > right.first.size(); });
}

std::vector<std::string> Credentials::names() const {
  std::vector<std::string> names;
  for (const AccountSecrets& account : accounts_) names.push_back(account.name);
  return names;
}

const AccountSecrets& Credentials::find(std::string_view account) const {
  const auto found =
      std::find_if(accounts_.begin(), accounts_.end(), [&](const AccountSecrets& one) { return one.name == account; });
  PINPROOF_CHECK(found != accounts_.end(), "no account named {}", account);
  return *found;
}

std::optional<std::string> Credentials::proxy_field(std::string_view account, std::string_view user_name,
                                                    CredentialFault fault) const {
  const AccountSecrets& secrets = find(account);
  const std::string form(user_name.empty() ? kPlaceholder : user_name);
  switch (fault) {
    case CredentialFault::kNone:
      return sim::format_basic(replace_all(form, kPlaceholder, secrets.user), secrets.password);
    case CredentialFault::kMissing:
      return std::nullopt;
    case CredentialFault::kWrongPassword:
      return sim::format_basic(replace_all(form, kPlaceholder, secrets.user), secrets.password + "wrong");
    case CredentialFault::kUnknownAccount:
      return sim::format_basic(replace_all(form, kPlaceholder, kNobody), secrets.password);
    case CredentialFault::kMalformed:
      return std::string(kMalformed);
  }
  return std::nullopt;
}

std::optional<std::string> Credentials::api_field(std::string_view account, bool bearer, CredentialFault fault) const {
  if (!bearer) return proxy_field(account, {}, fault);
  const AccountSecrets& secrets = find(account);
  switch (fault) {
    case CredentialFault::kNone:
      return "Bearer " + secrets.api_token;
    case CredentialFault::kMissing:
      return std::nullopt;
    case CredentialFault::kWrongPassword:
      return "Bearer " + secrets.api_token + "wrong";
    case CredentialFault::kUnknownAccount:
      return "Bearer " + std::string(kNobody);
    case CredentialFault::kMalformed:
      return "Bearer";
  }
  return std::nullopt;
}

std::string Credentials::redacted(std::string_view text) const {
  std::string shown(text);
  for (const auto& [secret, placeholder] : secrets_) {
    if (shown.find(secret) != std::string::npos) shown = replace_all(std::move(shown), secret, placeholder);
  }
  return shown;
}

sim::Headers Credentials::redacted(const sim::Headers& headers) const {
  sim::Headers shown;
  for (const auto [name, value] : headers) {
    const bool credentials =
        sim::same_field_name(name, "Proxy-Authorization") || sim::same_field_name(name, "Authorization");
    shown.add(name, credentials ? std::string(kRedacted) : redacted(value));
  }
  return shown;
}

}  // namespace pinproof::conformance
