#include "reports/well_formed_testing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <pugixml.hpp>
#include <regex>
#include <vector>

#include "reports/utf8.h"

namespace pinproof::reports {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find('\n', from), text.size());
    lines.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  return lines;
}

bool is_quoted_yaml(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return false;
  text = text.substr(1, text.size() - 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') return false;
    if (text[i] != '\\') continue;
    if (++i == text.size() || (text[i] != '\\' && text[i] != '"')) return false;
  }
  return true;
}

/// What stands after the first "#" that no backslash escapes, from there on.
std::string directive_of(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '#') {
      return std::string(line.substr(i));
    }
  }
  return "";
}

/// `line` without its code spans; nothing where one is not closed.
std::string without_code(std::string_view line, bool& is_closed) {
  std::string rest;
  is_closed = true;
  for (std::size_t i = 0; i < line.size();) {
    if (line[i] != '`') {
      rest += line[i++];
      continue;
    }
    const std::size_t after = std::min(line.find_first_not_of('`', i), line.size());
    const std::string fence(line.substr(i, after - i));
    std::size_t close = after;
    while (true) {
      close = line.find('`', close);
      if (close == std::string_view::npos) {
        is_closed = false;
        return rest;
      }
      const std::size_t end = std::min(line.find_first_not_of('`', close), line.size());
      if (end - close == fence.size()) {
        i = end;
        break;
      }
      close = end;
    }
  }
  return rest;
}

}  // namespace

std::string what_is_wrong_with_xml(std::string_view text) {
  pugi::xml_document document;
  const pugi::xml_parse_result result =
      document.load_buffer(text.data(), text.size(), pugi::parse_full, pugi::encoding_utf8);
  return result ? "" : fmt::format("{} at {}", result.description(), result.offset);
}

std::string what_is_wrong_with_tap(std::string_view text) {
  const std::vector<std::string> lines = lines_of(text);
  if (lines.size() < 2 || lines[0] != "TAP version 14") return "no version line";
  static const std::regex kPlan("1\\.\\.([0-9]+)");
  static const std::regex kPoint("(not )?ok ([0-9]+) - [^ ].*");
  static const std::regex kDirective("# (SKIP|TODO) [^ ].*");
  std::smatch match;
  if (!std::regex_match(lines[1], match, kPlan)) return "no plan: " + lines[1];
  const std::size_t planned = std::stoul(match[1]);
  std::size_t points = 0;
  for (std::size_t i = 2; i < lines.size(); ++i) {
    if (!std::regex_match(lines[i], match, kPoint)) return "no test point: " + lines[i];
    if (std::stoul(match[2]) != ++points) return "out of order: " + lines[i];
    const bool is_ok = !match[1].matched;
    const std::string directive = directive_of(lines[i]);
    if (!directive.empty() && !std::regex_match(directive, kDirective)) return "no directive: " + directive;
    if (is_ok && directive.starts_with("# TODO")) return "a TODO that is ok: " + lines[i];
    if (is_ok) continue;
    if (++i == lines.size() || lines[i] != "  ---") return "no YAML under what is not ok";
    static const std::regex kScalar("  (?:  - |[a-z]+: )(.*)");
    while (++i < lines.size() && lines[i] != "  ...") {
      if (lines[i] == "  detail:") continue;
      if (!std::regex_match(lines[i], match, kScalar) || !is_quoted_yaml(match[1].str())) return "no YAML: " + lines[i];
    }
    if (i == lines.size()) return "YAML that does not end";
  }
  return points == planned ? "" : fmt::format("{} planned, {} there", planned, points);
}

std::string what_is_wrong_with_markdown(std::string_view text) {
  std::string fence;
  std::ptrdiff_t cells = 0;  // of the table under way
  for (const std::string& line : lines_of(text)) {
    if (!fence.empty()) {
      if (line == fence) fence.clear();
      continue;
    }
    if (line.starts_with("```")) {
      fence = line.substr(0, line.find_first_not_of('`'));
      if (line != fence + "text") return "a fence of somebody else's: " + line;
      continue;
    }
    bool is_closed = false;
    std::string rest = without_code(line, is_closed);
    if (!is_closed) return "a code span that does not end: " + line;
    const std::ptrdiff_t bars = line.starts_with('|') ? std::count(rest.begin(), rest.end(), '|') : 0;
    if (cells != 0 && bars != 0 && bars != cells) return "a row of other cells: " + line;
    cells = bars;
    static const std::regex kOurs(
        "<details><summary>[^<>]*</summary>|</details>|\\*\\*[^*]*\\*\\*|^\\*[^*]*\\*$|^#+ "
        "|&#124;|^\\|[-:|]+\\|$|\\\\$|\\||! ");
    rest = std::regex_replace(rest, kOurs, "");
    if (rest.find_first_of("<>`*_[]~\\&@#!$^{}") != std::string::npos) return "markup: " + rest;
    if (rest.find("://") != std::string::npos || rest.find("www.") != std::string::npos) return "an address: " + rest;
  }
  return fence.empty() ? "" : "a fence that does not end";
}

std::string what_is_wrong_with_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const auto value = static_cast<std::uint32_t>(point.value);
    if (!point.valid) return fmt::format("not UTF-8 at byte {}", at);
    if ((value < 0x20 && value != '\n') || (value >= 0x7F && value < 0xA0))
      return fmt::format("U+{:04X} at byte {}", value, at);
    if ((value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069))
      return fmt::format("U+{:04X}", value);
    at += point.length;
  }
  return text.find("<script") == std::string_view::npos ? "" : "<script";
}

}  // namespace pinproof::reports
