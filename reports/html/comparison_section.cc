#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "reports/html/html_sections.h"
#include "reports/html/html_words.h"
#include "reports/html/time_scale.h"

namespace pinproof::reports {
namespace {

constexpr std::size_t kChangesMax = 100;  // shown of each kind; the rest are counted
constexpr std::size_t kFactsShown = 5;    // without being asked
constexpr std::size_t kFactsMax = 100;
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
  const HtmlElement cell(page, "th", {{"scope", "row"}});
  page.link(change.kind == "requirement" ? context.requirement(change.id) : context.scenario(change.id),
            in_a_line(change.id));
  if (!change.title.empty()) page.leaf("span", {{"class", "under"}}, in_a_line(change.title));
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
void write_facts(HtmlWriter& page, const std::vector<FactChange>& facts, std::size_t bytes) {
  if (facts.empty()) return;
  const bool folded = facts.size() > kFactsShown;
  const HtmlElement box(page, folded ? "details" : "div", {{"class", "plain"}});
  page.leaf(folded ? "summary" : "p", "The runs differ in more than their verdicts, which may be why: " +
                                          counted(facts.size(), "thing", "things"));
  const HtmlElement list(page, "ul");
  const HtmlRoom room(page, bytes);
  std::size_t shown = 0;
  for (; shown < std::min(facts.size(), kFactsMax) && room.left(); ++shown) {
    const FactChange& fact = facts[shown];
    page.leaf("li", fact.what + ": " + (fact.before.empty() ? "none" : fact.before) + " before, " +
                        (fact.after.empty() ? "none" : fact.after) + " now");
  }
  if (shown < facts.size()) page.leaf("li", "… " + grouped(facts.size() - shown) + " more");
}

void write_changes(HtmlWriter& page, const HtmlContext& context, const Comparison& comparison, std::size_t bytes) {
  if (comparison.changes.empty()) return;
  const HtmlElement scroll(page, "div", {{"class", "scroll"}});
  const HtmlElement table(page, "table");
  write_head(page, "Verdicts that changed", {"Change", "What", "Before", "Now", "Why"});
  const HtmlElement body(page, "tbody");
  const HtmlRoom room(page, bytes);
  Change kind = comparison.changes.front().change;
  std::size_t shown = 0;
  std::size_t left_out = 0;
  for (const VerdictChange& change : comparison.changes) {
    if (change.change != kind) {
      write_left_out(page, left_out, 5, to_string(kind));
      kind = change.change;
      shown = left_out = 0;
    }
    if (shown == kChangesMax || !room.left()) {
      ++left_out;
      continue;
    }
    ++shown;
    const HtmlElement row(page, "tr");
    page.leaf("td", to_string(change.change));
    write_id(page, context, change);
    write_verdict(page, change.before);
    write_verdict(page, change.after);
    page.leaf("td", in_a_line(change.reason));
  }
  write_left_out(page, left_out, 5, to_string(kind));
}

void write_drifts(HtmlWriter& page, const Comparison& comparison, std::size_t bytes) {
  if (comparison.drifts.empty()) return;
  const HtmlElement scroll(page, "div", {{"class", "scroll"}});
  const HtmlElement table(page, "table");
  write_head(page, "Answers that came earlier or later than before", {"Scenario", "What", "Before", "Now"});
  const HtmlElement body(page, "tbody");
  const HtmlRoom room(page, bytes);
  std::size_t shown = 0;
  for (; shown < std::min(comparison.drifts.size(), kChangesMax) && room.left(); ++shown) {
    const TimingDrift& drift = comparison.drifts[shown];
    const HtmlElement row(page, "tr");
    page.leaf("th", {{"scope", "row"}}, in_a_line(drift.scenario));
    page.leaf("td", drift.what);
    page.leaf("td", duration_text(static_cast<std::int64_t>(drift.before_us) * kMicrosecond));
    page.leaf("td", duration_text(static_cast<std::int64_t>(drift.after_us) * kMicrosecond));
  }
  write_left_out(page, comparison.drifts.size() - shown, 4);
}

}  // namespace

void write_comparison(HtmlWriter& page, const HtmlContext& context, const Comparison& comparison, std::size_t bytes) {
  const HtmlElement section(page, "section", {{"id", "changes"}});
  page.leaf("h2", "Compared with the run before");
  page.leaf("p", in_words(comparison));
  write_facts(page, comparison.facts, bytes / 10);
  write_changes(page, context, comparison, bytes * 7 / 10);
  write_drifts(page, comparison, bytes / 10);
}

}  // namespace pinproof::reports
