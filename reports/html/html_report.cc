#include "reports/html/html_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/headline.h"
#include "reports/html/html_assets.h"
#include "reports/html/html_words.h"

namespace pinproof::reports {
namespace {

constexpr std::size_t kFrameBytes = 1U << 20U;      // style, script, filter, words
constexpr std::size_t kChoicesBytes = 256U << 10U;  // promises that the filter offers
constexpr std::size_t kChoiceMax = 100;             // bytes of an id

std::string title_of(const Report& report) {
  if (report.results.empty()) return "Deviation matrix";
  if (report.results.size() > 1) return fmt::format("Compliance of {} runs", report.results.size());
  const Result& result = report.results.front();
  return under_test(result) + ": " + headline_of(result).text;
}

/// Nothing is loaded, nothing runs but the page's own script, no form is sent, no base changed.
std::string policy() {
  return fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
      html_style().sha256, html_script().sha256);
}

void write_head(HtmlWriter& page, const Report& report) {
  const HtmlElement head(page, "head");
  page.empty("meta", {{"charset", "utf-8"}});
  page.empty("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy()}});
  page.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  page.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  page.empty("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  page.leaf("title", title_of(report) + " · pinproof");
  page.verbatim("<style>");
  page.verbatim(html_style().text);
  page.verbatim("</style>");
  page.verbatim("<script>");
  page.verbatim(html_script().text);
  page.verbatim("</script>");
}

void write_navigation(HtmlWriter& page, const Report& report) {
  const HtmlElement header(page, "header", {{"class", "top"}});
  page.leaf("span", {{"class", "brand"}}, "pinproof");
  {
    const HtmlElement navigation(page, "nav", {{"aria-label", "Sections"}});
    const HtmlElement list(page, "ul");
    const auto link = [&page](std::string_view anchor, std::string_view words) {
      const HtmlElement item(page, "li");
      page.link(std::string(anchor), words);
    };
    if (!report.results.empty()) {
      link("summary", "Summary");
      if (report.comparison) link("changes", "Changes");
      link("promises", "Promises");
      link("scenarios", "Scenarios");
      link("basis", "Basis");
    }
    if (report.matrix) link("deviations", "Deviations");
    link("words", "Words");
  }
  page.leaf("button", {{"type", "button"}, {"class", "theme"}, {"hidden", "hidden"}}, "Dark");
}

void write_choice(HtmlWriter& page, const VerdictStyle& style) {
  const HtmlElement label(page, "label", {{"class", "choice " + tone_class(style.word)}});
  page.empty("input", {{"type", "checkbox"}, {"name", "verdict"}, {"value", std::string(style.word)}});
  page.leaf("span", {{"class", "symbol"}, {"aria-hidden", "true"}}, style.symbol);
  page.text(" " + plain_word(style.word));
}

bool occurs(const Report& report, std::string_view verdict) {
  for (const Result& result : report.results) {
    for (const RequirementResult& row : result.requirements) {
      if (row.verdict == verdict) return true;
    }
    for (const ScenarioResult& scenario : result.scenarios) {
      if (scenario.verdict == verdict) return true;
    }
  }
  return false;
}

/// Of use only with the script, which takes "hidden" away.
void write_filter(HtmlWriter& page, const Report& report) {
  const HtmlElement form(page, "form",
                         {{"class", "filter"},
                          {"hidden", "hidden"},
                          {"autocomplete", "off"},
                          {"role", "search"},
                          {"aria-label", "Filter"}});
  {
    const HtmlElement set(page, "fieldset");
    page.leaf("legend", "Show only");
    for (const VerdictStyle& style : kVerdictStyles) {
      if (occurs(report, style.word)) write_choice(page, style);
    }
  }
  {
    const HtmlElement label(page, "label");
    page.text("Promise ");
    const HtmlElement select(page, "select", {{"name", "requirement"}});
    page.leaf("option", {{"value", ""}}, "any");
    std::set<std::string> known;
    std::vector<std::string> ids;
    for (const Result& result : report.results) {
      for (const RequirementResult& row : result.requirements) {
        if (known.insert(row.id).second) ids.push_back(row.id);
      }
    }
    const HtmlRoom room(page, kChoicesBytes);
    for (const std::string& id : ids) {
      if (id.size() <= kChoiceMax && room.left()) page.leaf("option", {{"value", id}}, id);
    }
  }
  {
    const HtmlElement label(page, "label");
    page.text("Text ");
    page.empty("input", {{"type", "search"}, {"name", "text"}, {"autocomplete", "off"}});
  }
  page.leaf("button", {{"type", "reset"}}, "Show all");
  page.leaf("output", {{"role", "status"}}, "");
}

/// Where there are several: what each came to.
void write_runs(HtmlWriter& page, const Report& report) {
  const HtmlElement list(page, "ol", {{"class", "runs"}});
  for (std::size_t run = 0; run < report.results.size(); ++run) {
    const Result& result = report.results[run];
    const Headline line = headline_of(result);
    const HtmlElement item(page, "li");
    page.link(HtmlContext(report, run).section("summary"), under_test(result) + " (" + result.target.kind + ")");
    page.text(": ");
    page.leaf("span", {{"class", "symbol " + tone_class(line.tone)}, {"aria-hidden", "true"}}, line.symbol);
    page.text(" " + line.text);
  }
}

/// `bytes`: for this run. Scenarios are written before promises, which have the room that those leave.
void write_run(HtmlWriter& page, const HtmlContext& context, bool alone, std::size_t& marks, std::size_t bytes) {
  write_summary(page, context, alone ? "h1" : "h2");
  write_ledger(page, context, bytes / 20);
  // The comparison is of the last run with an older one.
  const Report& report = context.report();
  if (report.comparison && context.run() + 1 == report.results.size())
    write_comparison(page, context, *report.comparison, bytes / 10);
  if (context.run() == 0) write_filter(page, report);
  HtmlWriter scenarios;
  write_scenarios(scenarios, context, marks, bytes / 2);
  write_promises(page, context, bytes * 3 / 4 - std::min(scenarios.size(), bytes / 2));
  page.append(std::move(scenarios));
  write_basis(page, context, bytes / 20);
}

}  // namespace

std::string render_html(const Report& report, const HtmlOptions& options) {
  HtmlWriter page;
  std::size_t marks = options.budget.marks;
  const std::size_t bytes = options.budget.bytes - std::min(options.budget.bytes, kFrameBytes);
  page.verbatim("<!doctype html>");
  {
    const HtmlElement html(page, "html", {{"lang", "en"}});
    write_head(page, report);
    const HtmlElement body(page, "body");
    page.leaf("a", {{"class", "skip"}, {"href", "#main"}}, "Skip to the results");
    write_navigation(page, report);
    {
      const HtmlElement main(page, "main", {{"id", "main"}, {"tabindex", "-1"}});
      const bool alone = report.results.size() == 1;
      if (!alone) page.leaf("h1", title_of(report));
      if (report.results.size() > 1) write_runs(page, report);
      for (std::size_t run = 0; run < report.results.size(); ++run)
        write_run(page, HtmlContext(report, run), alone, marks, bytes / report.results.size());
      if (report.matrix) write_matrix(page, *report.matrix);
      write_glossary(page);
    }
    const HtmlElement footer(page, "footer");
    page.leaf("p", "Made by pinproof, which proves that a residential proxy gateway keeps its session promises.");
  }
  page.verbatim("\n");
  return page.take();
}

}  // namespace pinproof::reports
