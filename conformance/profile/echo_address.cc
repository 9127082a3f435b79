#include "conformance/profile/echo_address.h"

#include <algorithm>
#include <memory>
#include <regex>
#include <utility>

#include "conformance/profile/json_pointer.h"

namespace pinproof::conformance {
namespace {

constexpr std::size_t kPatternBytesMax = 2048;  // the time that an expression takes may grow with the square of it
constexpr std::size_t kAddressLengthMax = 45;   // of an IPv6 address with an IPv4 address in it

std::optional<std::string> as_address(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  const auto is_part = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '.' || c == ':';
  };
  const bool has_mark = text.find_first_of(".:") != std::string_view::npos;
  const bool good = has_mark && text.size() <= kAddressLengthMax && std::all_of(text.begin(), text.end(), is_part);
  return good ? std::optional(std::string(text)) : std::nullopt;
}

// Without going back and forth, which takes for ever on an answer made for it: nested repeats are easily written.
#ifdef __GLIBCXX__
constexpr auto kSyntax = std::regex::ECMAScript | std::regex_constants::__polynomial;
#else
constexpr auto kSyntax = std::regex::ECMAScript;
#endif

std::optional<std::string> by_pattern(const std::regex& pattern, std::string_view body) {
  std::match_results<std::string_view::const_iterator> match;
  try {
    if (!std::regex_search(body.begin(), body.end(), match, pattern)) return std::nullopt;
  } catch (const std::regex_error&) {
    return std::nullopt;  // too much work for it
  }
  return as_address(match[1].str());
}

}  // namespace

std::optional<std::string> wrong_in_pattern(const std::string& pattern) {
  try {
    if (std::regex(pattern, kSyntax).mark_count() > 0) return std::nullopt;
    return "a regular expression with a group: the address";
  } catch (const std::regex_error&) {
    return "a regular expression (ECMAScript) without references back";
  }
}

std::function<std::optional<std::string>(std::string_view)> echo_reader(const ProfileOrigin& origin) {
  if (origin.kind == ProfileOrigin::Kind::kPage) return [](std::string_view) { return std::nullopt; };
  if (origin.json_pointer) {
    return [pointer = *origin.json_pointer](std::string_view body) -> std::optional<std::string> {
      const auto text = text_at_pointer(body.substr(0, kEchoBytesMax), pointer);
      return text ? as_address(*text) : std::nullopt;
    };
  }
  if (origin.pattern.empty()) return [](std::string_view body) { return as_address(body.substr(0, kEchoBytesMax)); };
  return [pattern = std::make_shared<std::regex>(origin.pattern, kSyntax)](std::string_view body) {
    return by_pattern(*pattern, body.substr(0, kPatternBytesMax));
  };
}

}  // namespace pinproof::conformance
