#include "conformance/scenario/layout_json.h"

#include <nlohmann/json.hpp>

namespace pinproof::conformance {
namespace {

using Json = nlohmann::ordered_json;

std::string scalar(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// As on one line: a space after colons and commas.
std::string in_line(const Json& json) {
  if (!json.is_structured()) return scalar(json);
  std::string out(1, json.is_object() ? '{' : '[');
  bool first = true;
  for (const auto& [key, value] : json.items()) {
    if (!first) out += ", ";
    first = false;
    if (json.is_object()) out += scalar(key) + ": ";
    out += in_line(value);
  }
  return out + (json.is_object() ? '}' : ']');
}

/// `used`: columns taken on the line already and after it, the indent included.
void lay_out(const Json& json, std::size_t width, std::size_t indent, std::size_t used, std::string& out) {
  if (!json.is_structured() || json.empty()) {
    out += in_line(json);
    return;
  }
  const bool outermost = indent == 0;
  if (!outermost) {
    const std::string line = in_line(json);
    if (used + line.size() <= width) {
      out += line;
      return;
    }
  }
  out += json.is_object() ? "{\n" : "[\n";
  std::size_t left = json.size();
  for (const auto& [key, value] : json.items()) {
    const std::string name = json.is_object() ? scalar(key) + ": " : "";
    out += std::string(indent + 2, ' ') + name;
    lay_out(value, width, indent + 2, indent + 2 + name.size() + 1, out);
    out += --left == 0 ? "\n" : ",\n";
  }
  out += std::string(indent, ' ') + (json.is_object() ? "}" : "]");
}

}  // namespace

std::string laid_out(const nlohmann::ordered_json& json, std::size_t width) {
  std::string out;
  lay_out(json, width, 0, 0, out);
  return out + "\n";
}

}  // namespace pinproof::conformance
