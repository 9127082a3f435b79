#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reports/headline.h"
#include "reports/html/html_sections.h"
#include "reports/html/html_words.h"

namespace pinproof::reports {
namespace {

/// A dialect's set, without what is of both dialects; or what is of both. Each promise is in one part.
struct Part {
  std::string dialect;
  std::string set;
  Statistics counted;               // by verdict, of what the headline counts, or would count if the set decided
  std::uint64_t not_shown = 0;      // by any run: counts nowhere
  std::uint64_t only_reported = 0;  // best effort, and not kept: counts nowhere
};

void count(Statistics& statistics, const std::string& verdict) {
  const auto found =
      std::find_if(statistics.begin(), statistics.end(), [&](const auto& one) { return one.first == verdict; });
  if (found != statistics.end()) {
    ++found->second;
  } else {
    statistics.emplace_back(verdict, 1);
  }
}

std::vector<Part> parts_of(const Result& result) {
  std::vector<Part> parts;
  for (const RequirementResult& row : result.requirements) {
    auto part = std::find_if(parts.begin(), parts.end(),
                             [&](const Part& one) { return one.dialect == row.dialect && one.set == row.set; });
    if (part == parts.end()) part = parts.insert(parts.end(), {row.dialect, row.set, {}, 0, 0});
    switch (weight_of(row, row.set)) {
      case Weight::kNotShowable:
        ++part->not_shown;
        break;
      case Weight::kReported:
        ++part->only_reported;
        break;
      default:
        count(part->counted, row.verdict);
    }
  }
  std::stable_sort(parts.begin(), parts.end(), [](const Part& left, const Part& right) {
    return (left.dialect == "both") < (right.dialect == "both");
  });
  return parts;
}

/// Proportions as a bar: the numbers stand below it in words. What could not be tried is hatched.
void write_bar(HtmlWriter& page, const Statistics& statistics) {
  const double total = static_cast<double>(std::max<std::uint64_t>(total_of(statistics), 1));
  const HtmlElement svg(page, "svg", {{"class", "bar"}, {"height", "10"}, {"aria-hidden", "true"}});
  double from = 0;
  for (const VerdictStyle& style : kVerdictStyles) {
    const auto number = static_cast<double>(count_of(statistics, style.word));
    if (number == 0) continue;
    const double to = from + 100.0 * number / total;
    const std::string x1 = fmt::format("{:.3f}%", from);
    const std::string classes = tone_class(style.tone);
    if (style.tone == Tone::kUntried) {
      page.empty(
          "line",
          {{"class", "hatch " + classes}, {"x1", x1}, {"x2", fmt::format("{:.3f}%", to)}, {"y1", "5"}, {"y2", "5"}});
    } else {
      page.empty(
          "rect",
          {{"class", "fill " + classes}, {"x", x1}, {"width", fmt::format("{:.3f}%", to - from)}, {"height", "10"}});
    }
    from = to;
  }
}

void write_counts(HtmlWriter& page, const Part& part) {
  const HtmlElement list(page, "ul", {{"class", "counts"}});
  for (const VerdictStyle& style : kVerdictStyles) {
    const std::uint64_t number = count_of(part.counted, style.word);
    if (number == 0) continue;
    const HtmlElement item(page, "li", {{"class", tone_class(style.word)}});
    page.text(grouped(number) + " ");
    page.leaf("span", {{"class", "symbol"}, {"aria-hidden", "true"}}, style.symbol);
    page.text(" " + plain_word(style.word));
  }
  if (part.not_shown > 0) page.leaf("li", {{"class", "aside"}}, grouped(part.not_shown) + " not shown by any run");
  if (part.only_reported > 0)
    page.leaf("li", {{"class", "aside"}}, grouped(part.only_reported) + " best effort, not kept: not counted");
}

const ProfileResult* profile_of(const Result& result, const Part& part) {
  const auto found = std::find_if(result.profiles.begin(), result.profiles.end(), [&](const ProfileResult& one) {
    return one.dialect == part.dialect && one.set == part.set;
  });
  return found == result.profiles.end() ? nullptr : &*found;
}

}  // namespace

void write_scores(HtmlWriter& page, const HtmlContext& context) {
  const Result& result = context.result();
  const HtmlElement list(page, "ul", {{"class", "scores"}, {"aria-label", "Score of each part"}});
  for (const Part& part : parts_of(result)) {
    const HtmlElement item(page, "li", {{"class", "score"}});
    {
      const HtmlElement title(page, "p", {{"class", "score-title"}});
      page.link(context.section("promises-" + part.dialect + "-" + part.set),
                dialect_name(part.dialect) + ", " + part.set);
      page.text(" ");
      if (const ProfileResult* const profile = profile_of(result, part)) write_result_badge(page, profile->result);
    }
    {
      const HtmlElement number(page, "p", {{"class", "score-number"}});
      page.leaf("strong", grouped(count_of(part.counted, "pass")));
      page.text(fmt::format(" of {} kept", counted(total_of(part.counted), "promise", "promises")));
    }
    write_bar(page, part.counted);
    write_counts(page, part);
    if (part.set == "extended" && result.set != "extended")
      page.leaf("p", {{"class", "aside"}}, "Not counted above: it decides only with --set extended.");
    if (part.dialect == "both")
      page.leaf("p", {{"class", "aside"}}, "Promised in both dialects, and counted once, here.");
  }
}

}  // namespace pinproof::reports
