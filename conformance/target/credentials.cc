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
constexpr std::size_t kEncodedLengthMin = kCaselessLengthMin;

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

std::string in_hexadecimal(const std::string& secret) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : secret) {
    const auto byte = static_cast<unsigned char>(c);
    text += {kDigits[byte >> 4U], kDigits[byte & 15U]};
  }
  return text;
}

char in_lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

char in_upper_case(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; }

std::string in_lower_case(std::string text) {
  for (char& c : text) c = in_lower_case(c);
  return text;
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = in_lower_case(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The byte that "%70" at the beginning of the text stands for.
std::optional<char> percent_decoded(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return std::nullopt;
  const int high = digit_of(text[1]);
  const int low = digit_of(text[2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

/// Two characters as one number.
std::size_t pair_of(char first, char second) {
  return std::size_t{static_cast<unsigned char>(first)} << 8U | static_cast<unsigned char>(second);
}

bool has_credentials(std::string_view field_name) {
  return sim::same_field_name(field_name, "Proxy-Authorization") || sim::same_field_name(field_name, "Authorization");
}

}  // namespace

Credentials::Credentials(std::vector<AccountSecrets> accounts) : accounts_(std::move(accounts)) {
  for (const AccountSecrets& account : accounts_) {
    const std::string both = sim::encode_base64(account.user + ":" + account.password);
    add_base64(both, "{credentials}");
    add_base64(both.substr(0, both.find('=')), "{credentials}");  // base64url mostly has no padding
    add_forms(account.user, std::string(kPlaceholder));
    add_forms(account.password, "{password}");
    add_forms(account.api_token, "{token}");
  }
  std::stable_sort(forms_.begin(), forms_.end(),
                   [](const Form& left, const Form& right) { return left.text.size() > right.text.size(); });
  for (const Form& form : forms_) {
    const std::string firsts{form.text[0], in_upper_case(form.text[0])};
    const std::string seconds{form.text[1], in_upper_case(form.text[1]), '%'};
    for (const char first : firsts) {
      for (const char second : seconds) begins_.set(pair_of(first, second));
      const char digit = in_hexadecimal(std::string(1, first))[0];
      begins_.set(pair_of('%', digit));
      begins_.set(pair_of('%', in_upper_case(digit)));
    }
  }
}

void Credentials::add_forms(const std::string& secret, const std::string& shown) {
  if (secret.size() < kSecretLengthMin) return;
  add(secret, shown);
  add(in_hexadecimal(secret), shown);
  for (const std::string& form : forms_in_base64(secret)) add_base64(form, shown);
}

void Credentials::add_base64(std::string text, const std::string& shown) {
  add(text, shown);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  add(std::move(text), shown);
}

void Credentials::add(std::string text, const std::string& shown) {
  if (text.size() < kSecretLengthMin) return;
  const bool any_case = text.size() >= kCaselessLengthMin;
  if (any_case) text = in_lower_case(std::move(text));
  const auto is_this = [&](const Form& form) { return form.text == text; };
  if (std::none_of(forms_.begin(), forms_.end(), is_this)) forms_.push_back({std::move(text), shown, any_case});
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

/// How much of the text, from its beginning, is that form; 0: it does not begin so.
std::size_t Credentials::length_of(const Form& form, std::string_view text) {
  const auto shown = [&form](char c) { return form.any_case ? in_lower_case(c) : c; };
  std::size_t at = 0;
  for (const char wanted : form.text) {
    if (at == text.size()) return 0;
    const auto decoded = text[at] == '%' ? percent_decoded(text.substr(at)) : std::nullopt;
    if (decoded && shown(*decoded) == wanted) {
      at += 3;
    } else if (shown(text[at]) == wanted) {
      at += 1;
    } else {
      return 0;
    }
  }
  return at;
}

// Asked of every field of every answer, and there are many secrets: what may be the beginning of one is looked for first.
bool Credentials::is_secret_in(std::string_view text) const {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (!begins_[pair_of(text[at], text[at + 1])]) continue;
    const auto is_here = [rest = text.substr(at)](const Form& form) { return length_of(form, rest) != 0; };
    if (std::any_of(forms_.begin(), forms_.end(), is_here)) return true;
  }
  return false;
}

std::string Credentials::redacted(std::string text) const {
  if (!is_secret_in(text)) return text;
  std::string result;
  std::size_t hidden_until = 0;
  std::size_t longest = 0;  // of those that overlap: it says what they were
  std::string_view placeholder;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = std::string_view(text).substr(at);
    const bool may_begin = rest.size() > 1 && begins_[pair_of(rest[0], rest[1])];
    if (at >= hidden_until) longest = 0;
    for (std::size_t i = 0; may_begin && i < forms_.size(); ++i) {
      const std::size_t length = length_of(forms_[i], rest);
      if (length == 0) continue;
      hidden_until = std::max(hidden_until, at + length);
      if (length <= longest) continue;
      if (longest != 0) result.resize(result.size() - placeholder.size());
      longest = length;
      placeholder = forms_[i].shown;
      result += placeholder;
    }
    if (at >= hidden_until) result += text[at];
  }
  return result;
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
