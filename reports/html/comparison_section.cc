#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "reports/html/html_sections.h"
#include "reports/html/html_words.h"
#include "reports/html/time_scale.h"

namespace pinproof::reports {
namespace {

constexpr std::size_t kChangesMax = 500;  // shown of each kind of table; the rest are counted
constexpr std::size_t kFactsShown = 5;    // without being asked
constexpr std::int64_t kMicrosecond = 1000;

void write_head(HtmlWriter& page, std::string_view caption, std::initializer_list<std::string_view> titles) {
  page.leaf("caption", caption);
  const HtmlElement head(page, "thead");
  const HtmlElement row(page, "tr");
  for (const std::string_view title : titles) page.leaf("th", {{"scope", "col"}}, title);
}

void write_verdict(HtmlWriter& page, const std::string& verdict) {
  const HtmlElement cell(page, "td");
  if (verdict.empty()) {
    page.text("none");
  } else {
    write_badge(page, verdict);
  }
}

void write_id(HtmlWriter& page, const HtmlContext& context, const VerdictChange& change) {
  const bool requirement = change.kind == "requirement";
  const bool here = requirement ? context.has_requirement(change.id) : context.has_scenario(change.id);
  const HtmlElement cell(page, "th", {{"scope", "row"}});
  if (here) {
    page.leaf("a", {{"href", "#" + (requirement ? context.requirement(change.id) : context.scenario(change.id))}},
              change.id);
  } else {
    page.text(change.id);
  }
  if (!change.title.empty()) page.leaf("span", {{"class", "under"}}, change.title);
}

std::uint64_t count_of(const Comparison& comparison, Change kind) {
  return static_cast<std::uint64_t>(std::count_if(comparison.changes.begin(), comparison.changes.end(),
                                                  [kind](const VerdictChange& one) { return one.change == kind; }));
}

std::string in_words(const Comparison& comparison) {
  std::string text;
  for (const Change kind : {Change::kBroken, Change::kFixed, Change::kNewlyUntested, Change::kNewlyTested,
                            Change::kOther, Change::kAdded, Change::kRemoved}) {
    if (const std::uint64_t count = count_of(comparison, kind); count > 0)
      text += (text.empty() ? "" : ", ") + grouped(count) + " " + std::string(to_string(kind));
  }
  return (text.empty() ? "No verdict changed" : text) + "; " + grouped(comparison.unchanged) + " as before.";
}

/// What else differs: a few plainly, many behind a line that counts them.
void write_facts(HtmlWriter& page, const std::vector<FactChange>& facts) {
  if (facts.empty()) return;
  const bool folded = facts.size() > kFactsShown;
  const HtmlElement box(page, folded ? "details" : "div", {{"class", "plain"}});
  page.leaf(folded ? "summary" : "p", "The runs differ in more than their verdicts, which may be why: " +
                                          counted(facts.size(), "thing", "things"));
  const HtmlElement list(page, "ul");
  for (const FactChange& fact : facts)
    page.leaf("li", fact.what + ": " + (fact.before.empty() ? "none" : fact.before) + " before, " +
                        (fact.after.empty() ? "none" : fact.after) + " now");
}

void write_changes(HtmlWriter& page, const HtmlContext& context, const Comparison& comparison) {
  if (comparison.changes.empty()) return;
  const HtmlElement scroll(page, "div", {{"class", "scroll"}});
  const HtmlElement table(page, "table");
  write_head(page, "Verdicts that changed", {"Change", "What", "Before", "Now", "Why"});
  const HtmlElement body(page, "tbody");
  for (std::size_t i = 0; i < std::min(comparison.changes.size(), kChangesMax); ++i) {
    const VerdictChange& change = comparison.changes[i];
    const HtmlElement row(page, "tr");
    page.leaf("td", to_string(change.change));
    write_id(page, context, change);
    write_verdict(page, change.before);
    write_verdict(page, change.after);
    page.leaf("td", change.reason);
  }
  if (comparison.changes.size() <= kChangesMax) return;
  const HtmlElement row(page, "tr", {{"class", "gap"}});
  page.leaf("td", {{"colspan", "5"}}, "… " + grouped(comparison.changes.size() - kChangesMax) + " more");
}

void write_drifts(HtmlWriter& page, const Comparison& comparison) {
  if (comparison.drifts.empty()) return;
  const HtmlElement scroll(page, "div", {{"class", "scroll"}});
  const HtmlElement table(page, "table");
  write_head(page, "Answers that came earlier or later than before", {"Scenario", "What", "Before", "Now"});
  const HtmlElement body(page, "tbody");
  for (std::size_t i = 0; i < std::min(comparison.drifts.size(), kChangesMax); ++i) {
    const TimingDrift& drift = comparison.drifts[i];
    const HtmlElement row(page, "tr");
    page.leaf("th", {{"scope", "row"}}, drift.scenario);
    page.leaf("td", drift.what);
    page.leaf("td", duration_text(static_cast<std::int64_t>(drift.before_us) * kMicrosecond));
    page.leaf("td", duration_text(static_cast<std::int64_t>(drift.after_us) * kMicrosecond));
  }
}

}  // namespace

void write_comparison(HtmlWriter& page, const HtmlContext& context, const Comparison& comparison) {
  const HtmlElement section(page, "section", {{"id", "changes"}});
  page.leaf("h2", "Compared with the run before");
  page.leaf("p", in_words(comparison));
  write_facts(page, comparison.facts);
  write_changes(page, context, comparison);
  write_drifts(page, comparison);
}

}  // namespace pinproof::reports
