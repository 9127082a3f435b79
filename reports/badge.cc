#include "reports/badge.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "reports/deciding.h"
#include "reports/escape.h"
#include "reports/utf8.h"

namespace pinproof::reports {
namespace {

constexpr std::size_t kNameColumnsMax = 24;
constexpr std::size_t kMessageColumnsMax = 80;

struct Line {
  std::string name;  // "helodata core"
  std::string result;
  std::size_t broken = 0;
};

/// The worst first; a word that is not known is worse than all.
std::size_t rank(std::string_view result) {
  constexpr std::array<std::string_view, 4> kResults = {"fail", "inconclusive", "partial", "pass"};
  const auto* const found = std::find(kResults.begin(), kResults.end(), result);
  return found == kResults.end() ? 0 : static_cast<std::size_t>(found - kResults.begin());
}

std::size_t count_broken(const Result& result, const ProfileResult& profile) {
  return static_cast<std::size_t>(
      std::count_if(result.requirements.begin(), result.requirements.end(), [&](const RequirementResult& row) {
        return is_broken(row, result.set) && row.set == profile.set &&
               (row.dialect == profile.dialect || row.dialect == "both");
      }));
}

std::vector<Line> lines_of(const Report& report) {
  std::vector<Line> lines;
  for (const Result& result : report.results) {
    for (const ProfileResult& profile : result.profiles) {
      if (profile.set == "extended" && result.set != "extended") continue;
      Line line{escape_tags(profile.dialect, kNameColumnsMax) + " " + escape_tags(profile.set, kNameColumnsMax),
                profile.result, count_broken(result, profile)};
      if (!result.complete && line.result == "pass") line.result = "partial";
      const auto same =
          std::find_if(lines.begin(), lines.end(), [&line](const Line& one) { return one.name == line.name; });
      if (same == lines.end()) {
        lines.push_back(std::move(line));
      } else if (rank(line.result) < rank(same->result)) {
        *same = std::move(line);
      }
    }
  }
  return lines;
}

std::string xml(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string_view paint(std::string_view colour) {
  // White text on each of them has a contrast of 4.5 and more.
  if (colour == "brightgreen") return "#2e7d32";
  if (colour == "red") return "#c62828";
  if (colour == "yellow") return "#8a6100";
  return "#616161";
}

/// Text of 11 pixels takes about 6.5 a column; textLength makes the browser keep to it.
std::size_t width_of(std::string_view text) { return (columns(text) * 13 + 1) / 2; }

}  // namespace

Badge badge_of(const Report& report) {
  Badge badge;
  std::size_t worst = 4;
  for (const Line& line : lines_of(report)) {
    worst = std::min(worst, rank(line.result));
    const std::string what =
        line.broken == 0 ? escape_tags(line.result, kNameColumnsMax) : fmt::format("{} broken", line.broken);
    badge.message += fmt::format("{}{} {}", badge.message.empty() ? "" : ", ", line.name, what);
  }
  if (badge.message.empty()) badge.message = "nothing tested";
  badge.message = escape_tags(badge.message, kMessageColumnsMax);
  constexpr std::array<std::string_view, 5> kColours = {"red", "yellow", "yellow", "brightgreen", "lightgrey"};
  badge.colour = kColours[worst];
  return badge;
}

std::string render_badge(const Report& report) {
  constexpr std::size_t kPadding = 6;
  const Badge badge = badge_of(report);
  const std::size_t label = width_of(badge.label);
  const std::size_t message = width_of(badge.message);
  const std::size_t left = label + 2 * kPadding;
  const std::size_t whole = left + message + 2 * kPadding;
  const std::string title = xml(badge.label + ": " + badge.message);
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"20\" viewBox=\"0 0 {} 20\" role=\"img\" "
      "aria-label=\"{}\">\n"
      "  <title>{}</title>\n",
      whole, whole, title, title);
  svg += fmt::format(
      "  <rect width=\"{}\" height=\"20\" rx=\"3\" fill=\"#424242\"/>\n"
      "  <path d=\"M{} 0h{}a3 3 0 0 1 3 3v14a3 3 0 0 1 -3 3h-{}z\" fill=\"{}\"/>\n",
      whole, left, whole - left - 3, whole - left - 3, paint(badge.colour));
  svg += "  <g fill=\"#fff\" font-family=\"Verdana, 'DejaVu Sans', Geneva, sans-serif\" font-size=\"11\">\n";
  for (const auto& [text, x, width] :
       {std::tuple{badge.label, kPadding, label}, std::tuple{badge.message, left + kPadding, message}}) {
    svg += fmt::format("    <text x=\"{}\" y=\"14\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>\n", x,
                       width, xml(text));
  }
  return svg + "  </g>\n</svg>\n";
}

}  // namespace pinproof::reports
