#include "conformance/profile/json_pointer.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "sim/core/json_reader.h"

namespace pinproof::conformance {
namespace {

using sim::JsonReader;

/// One part of a JSON pointer, with ~1 and ~0 read back (RFC 6901).
std::string unescaped(std::string part) {
  for (const auto& [from, to] : {std::pair<std::string_view, char>{"~1", '/'}, {"~0", '~'}}) {
    for (std::size_t at = 0; (at = part.find(from, at)) != std::string::npos; ++at) part.replace(at, 2, 1, to);
  }
  return part;
}

std::optional<JsonReader> member(const JsonReader& json, const std::string& part) {
  if (json.kind() == sim::JsonKind::kObject) return json.optional(part);
  if (json.kind() != sim::JsonKind::kArray) return std::nullopt;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), index);
  const std::vector<JsonReader> elements = json.array();
  if (error != std::errc{} || end != part.data() + part.size() || index >= elements.size()) return std::nullopt;
  return elements[index];
}

}  // namespace

std::optional<std::string> text_at_pointer(std::string_view text, const std::string& pointer) {
  std::optional<std::string> found;
  const auto error = sim::read_json("", text, [&](const JsonReader& json) {
    std::optional<JsonReader> at = json;
    for (std::size_t begin = 1; at && begin <= pointer.size();) {
      const std::size_t end = std::min(pointer.find('/', begin), pointer.size());
      at = member(*at, unescaped(pointer.substr(begin, end - begin)));
      begin = end + 1;
    }
    if (at && at->kind() == sim::JsonKind::kString) found = at->string();
  });
  return error ? std::nullopt : found;
}

}  // namespace pinproof::conformance
