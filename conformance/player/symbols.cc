#include "conformance/player/symbols.h"

#include "sim/core/digest.h"

namespace pinproof::conformance {
namespace {

constexpr std::size_t kReadablePart = 16;
constexpr std::size_t kUniquePart = 8;  // 41 bits: two runs of a million sessions each meet once in four

/// The number in the digits 0-9 and a-z, exactly `length` of them.
std::string in_base_36(std::uint64_t number, std::size_t length) {
  constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string text;
  for (std::size_t i = 0; i < length; ++i, number /= kDigits.size()) text += kDigits[number % kDigits.size()];
  return text;
}

std::string readable(std::string_view name) {
  std::string text;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) && text.size() < kReadablePart) text += c;
  }
  return text;
}

}  // namespace

Symbols::Symbols(std::string_view scenario, std::uint64_t seed)
    : base_(sim::digest_of(scenario, seed)), run_("-" + in_base_36(base_, kUniquePart)) {}

std::string Symbols::session(std::string_view text) const {
  if (!text.starts_with('@')) return std::string(text);
  return readable(text) + in_base_36(sim::digest_of(text, base_), kUniquePart);
}

std::string Symbols::host(std::string_view name, const TargetDescription& target) const {
  if (name == "popular" && !target.hosts_popular.empty()) return target.hosts_popular.front();
  const std::string_view under = target.hosts_under;
  std::string host(name);
  const bool is_under =
      name.size() > under.size() && name.ends_with(under) && name[name.size() - under.size() - 1] == '.';
  if (!is_under) host.append(1, '.').append(under);
  return host;
}

std::string Symbols::token(std::uint64_t id) const { return "t-" + std::to_string(id) + run_; }

std::string Symbols::user_name(const UserName& user, const UserNameTemplate& words) const {
  if (words.empty()) return {};
  if (user.raw) return *user.raw;
  return words.fill({{"type", user.type},
                     {"region", user.region},
                     {"state", user.state},
                     {"city", user.city},
                     {"asn", user.asn},
                     {"session", session(user.session)},
                     {"minutes", user.minutes}});
}

}  // namespace pinproof::conformance
