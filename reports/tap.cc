#include "reports/tap.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "reports/case_list.h"

namespace pinproof::reports {
namespace {

/// In a description a "#" would begin a directive; a backslash is what escapes it, and itself.
std::string described(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '#' || c == '\\') result += '\\';
    result += c;
  }
  // A word "TODO" or "SKIP" after an escaped "#" is none; a space at the end would not survive.
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

/// A double-quoted YAML scalar. The text is one printable line already.
std::string yaml_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

std::string directive(const Case& one) {
  switch (one.outcome) {
    case Outcome::kSkipped:
      return " # SKIP " + described(one.reason);
    case Outcome::kKnown:
      return " # TODO " + described(one.reason);
    case Outcome::kPassed:
    case Outcome::kFailed:
    case Outcome::kError:
      break;
  }
  return "";
}

void append(std::string& text, std::size_t number, const Suite& suite, const Case& one) {
  const bool is_ok = one.outcome == Outcome::kPassed || one.outcome == Outcome::kSkipped;
  text += fmt::format("{} {} - {}: {}{}\n", is_ok ? "ok" : "not ok", number, described(suite.name), described(one.name),
                      directive(one));
  if (is_ok) return;
  text += "  ---\n";
  text += fmt::format("  verdict: {}\n  message: {}\n", yaml_text(one.verdict), yaml_text(one.reason));
  if (!one.file.empty()) text += fmt::format("  file: {}\n", yaml_text(one.file));
  if (!one.detail.empty()) text += "  detail:\n";
  for (const std::string& line : one.detail) text += fmt::format("    - {}\n", yaml_text(line));
  text += "  ...\n";
}

}  // namespace

std::string render_tap(const Report& report) {
  const CaseList list = case_list(report);
  // The plan is of the lines that follow, or a reader misses those that do not fit.
  std::size_t lines = 0;
  for (const Suite& suite : list.suites) lines += suite.cases.size();
  std::string text = fmt::format("TAP version 14\n1..{}\n", lines);
  for (const std::string& note : list.notes) text += "# " + note + "\n";
  std::size_t number = 0;
  for (const Suite& suite : list.suites) {
    for (const Case& one : suite.cases) append(text, ++number, suite, one);
  }
  return text;
}

}  // namespace pinproof::reports
