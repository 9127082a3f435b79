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
constexpr std::size_t kEncodedLengthMin = 8;  // as with kSecretLengthMin

std::string replace_all(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

/// A text in base64 is whatever it is part of in one of three forms, as it begins one, two or no bytes after a group of three. What of
/// them does not depend on its neighbours; the bits at either end that do are too few to tell a character by.
std::vector<std::string> forms_in_base64(const std::string& secret) {
  std::vector<std::string> forms;
  if (secret.size() < kSecretLengthMin) return forms;
  for (std::size_t before = 0; before < 3; ++before) {
    const std::string text = sim::encode_base64(std::string(before, 'x') + secret);
    const std::size_t from = before == 0 ? 0 : before + 1;
    const std::size_t until = (before + secret.size()) * 4 / 3;
    if (until >= from + kEncodedLengthMin) forms.push_back(text.substr(from, until - from));
  }
  return forms;
}

/// As in a URL (RFC 3986), where it is another text then.
std::string percent_encoded(const std::string& secret) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (const char c : secret) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '.' || c == '_' || c == '~';
    if (is_plain) {
      text += c;
    } else {
      text += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
  }
  return text;
}

/// Two characters as one number.
std::size_t pair_of(std::string_view text, std::size_t at) {
  return std::size_t{static_cast<unsigned char>(text[at])} << 8U | static_cast<unsigned char>(text[at + 1]);
}

bool has_credentials(std::string_view field_name) {
  return sim::same_field_name(field_name, "Proxy-Authorization") || sim::same_field_name(field_name, "Authorization");
}

}  // namespace

Credentials::Credentials(std::vector<AccountSecrets> accounts) : accounts_(std::move(accounts)) {
  const auto add = [&](const std::string& secret, std::string_view shown) {
    if (secret.size() < kSecretLengthMin) return;
    secrets_.emplace_back(secret, shown);
    if (percent_encoded(secret) != secret) secrets_.emplace_back(percent_encoded(secret), shown);
  };
  for (const AccountSecrets& account : accounts_) {
    add(sim::encode_base64(account.user + ":" + account.password), "{credentials}");
    add(account.user, kPlaceholder);
    add(account.password, "{password}");
    add(account.api_token, "{token}");
  }
  for (const AccountSecrets& account : accounts_) {
    for (const std::string& form : forms_in_base64(account.user)) encoded_.emplace_back(form, kPlaceholder);
    for (const std::string& form : forms_in_base64(account.password)) encoded_.emplace_back(form, "{password}");
    for (const std::string& form : forms_in_base64(account.api_token)) encoded_.emplace_back(form, "{token}");
  }
  std::stable_sort(secrets_.begin(), secrets_.end(),
                   [](const auto& left, const auto& right) { return left.first.size() > right.first.size(); });
  for (const auto* const shown : {&secrets_, &encoded_}) {
    for (const auto& [secret, placeholder] : *shown) begins_.set(pair_of(secret, 0));
  }
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
  std::string form(user_name.empty() ? kPlaceholder : user_name);
  switch (fault) {
    case CredentialFault::kNone:
      return sim::format_basic(replace_all(std::move(form), kPlaceholder, secrets.user), secrets.password);
    case CredentialFault::kMissing:
      return std::nullopt;
    case CredentialFault::kWrongPassword:
      return sim::format_basic(replace_all(std::move(form), kPlaceholder, secrets.user), secrets.password + "wrong");
    case CredentialFault::kUnknownAccount:
      return sim::format_basic(replace_all(std::move(form), kPlaceholder, kNobody), secrets.password);
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

// Asked of every field of every answer, and there are many secrets: what may be the beginning of one is looked for first.
bool Credentials::is_secret_in(std::string_view text) const {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (!begins_[pair_of(text, at)]) continue;
    const auto is_here = [rest = text.substr(at)](const auto& secret) { return rest.starts_with(secret.first); };
    if (std::any_of(secrets_.begin(), secrets_.end(), is_here)) return true;
    if (std::any_of(encoded_.begin(), encoded_.end(), is_here)) return true;
  }
  return false;
}

std::string Credentials::redacted(std::string text) const {
  if (!is_secret_in(text)) return text;
  for (const auto& [secret, placeholder] : secrets_) text = replace_all(std::move(text), secret, placeholder);
  for (const auto& [secret, placeholder] : encoded_) text = replace_all(std::move(text), secret, placeholder);
  return text;
}

sim::Headers Credentials::redacted(sim::Headers headers) const {
  bool any = false;
  for (const auto [name, value] : headers)
    any = any || has_credentials(name) || is_secret_in(value) || is_secret_in(name);
  if (!any) return headers;
  sim::Headers shown;
  for (const auto [name, value] : headers) {
    shown.add(redacted(std::string(name)),
              has_credentials(name) ? std::string(kRedacted) : redacted(std::string(value)));
  }
  return shown;
}

}  // namespace pinproof::conformance
