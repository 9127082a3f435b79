#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "reports/html/delay_chart.h"
#include "reports/html/exchange_table.h"
#include "reports/html/html_sections.h"
#include "reports/html/html_words.h"
#include "reports/html/timeline_svg.h"

namespace pinproof::reports {
namespace {

constexpr std::size_t kMarkBytes = 600;  // with its row in the table

std::size_t urgency(std::string_view verdict) {
  for (std::size_t i = 0; i < kVerdictStyles.size(); ++i) {
    if (kVerdictStyles[i].word == verdict) return i;
  }
  return 0;
}

/// Those that did not pass first, the most urgent before all.
std::vector<const ScenarioResult*> in_order(const Result& result) {
  std::vector<const ScenarioResult*> scenarios;
  for (const ScenarioResult& scenario : result.scenarios) scenarios.push_back(&scenario);
  std::stable_sort(scenarios.begin(), scenarios.end(), [](const auto* left, const auto* right) {
    return urgency(left->verdict) < urgency(right->verdict);
  });
  return scenarios;
}

void write_requirements(HtmlWriter& page, const HtmlContext& context, const ScenarioResult& scenario) {
  if (scenario.requirements.empty()) return;
  const HtmlElement paragraph(page, "p");
  page.text("About ");
  for (std::size_t i = 0; i < scenario.requirements.size(); ++i) {
    const std::string& id = scenario.requirements[i];
    if (i > 0) page.text(", ");
    if (context.has_requirement(id)) {
      page.link(context.requirement(id), id);
    } else {
      page.leaf("span", id);
    }
  }
  page.text(".");
}

/// How much is still drawn.
struct Drawable {
  std::size_t marks = 0;
  std::size_t bytes = 0;
};

bool is_drawn(const Timeline& timeline, const Drawable& room) {
  return timeline.marks.size() <= room.marks && timeline.marks.size() * kMarkBytes <= room.bytes;
}

void write_play(HtmlWriter& page, const HtmlContext& context, const ScenarioResult& scenario, const Drawable& room) {
  const Timeline* const timeline = context.timeline(scenario.id);
  if (timeline != nullptr && is_drawn(*timeline, room)) {
    const std::set<std::uint64_t> rows = rows_of(*timeline);
    write_timeline(page, context, *timeline, rows);
    write_delay_chart(page, *timeline);
    write_exchanges(page, context, *timeline, rows);
    return;
  }
  if (timeline != nullptr)
    page.leaf("p", {{"class", "remark"}}, "Not drawn, to keep this page small; the history has all of it.");
  write_exchanges(page, context, scenario);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

void write_line(HtmlWriter& page, const HtmlContext& context, const ScenarioResult& scenario) {
  const HtmlElement entry(page, "div",
                          {{"class", "entry line scenario"},
                           {"id", context.scenario(scenario.id)},
                           {"data-verdict", scenario.verdict},
                           {"data-requirements", joined(scenario.requirements)}});
  write_badge(page, scenario.verdict);
  page.leaf("span", {{"class", "title"}}, in_a_line(scenario.reason.empty() ? scenario.title : scenario.reason));
  page.leaf("span", {{"class", "id"}}, in_a_line(scenario.id));
}

void write_scenario(HtmlWriter& page, const HtmlContext& context, const ScenarioResult& scenario,
                    const Drawable& room) {
  const HtmlElement details(page, "details",
                            {{"class", "entry scenario"},
                             {"id", context.scenario(scenario.id)},
                             {"data-verdict", scenario.verdict},
                             {"data-requirements", joined(scenario.requirements)}});
  {
    const HtmlElement summary(page, "summary");
    write_badge(page, scenario.verdict);
    page.leaf("span", {{"class", "title"}}, scenario.title);
    page.leaf("span", {{"class", "id"}}, scenario.id);
  }
  const HtmlElement body(page, "div", {{"class", "body"}});
  write_requirements(page, context, scenario);
  if (!scenario.reason.empty())
    page.leaf("p", {{"class", scenario.verdict == "fail" ? "reason tone-bad" : "reason"}}, scenario.reason);
  write_play(page, context, scenario, room);
  if (!scenario.replay.empty()) {
    page.leaf("p", {{"class", "label"}}, "Play it again:");
    write_command(page, scenario.replay);
  }
  if (!scenario.history.empty()) {
    const HtmlElement paragraph(page, "p", {{"class", "remark"}});
    page.text("All that was seen: ");
    page.leaf("code", scenario.history);
  }
}

}  // namespace

void write_scenarios(HtmlWriter& page, const HtmlContext& context, std::size_t& marks, std::size_t bytes) {
  HtmlEntryRoom room(bytes, context.result().scenarios.size());
  HtmlWriter entries;
  for (const ScenarioResult* const scenario : in_order(context.result())) {
    const Timeline* const timeline = context.timeline(scenario->id);
    const Drawable drawable{marks, room.for_whole()};
    const std::size_t before = room.lines() + room.left_out();
    entries.append(room.tell([&](HtmlWriter& whole) { write_scenario(whole, context, *scenario, drawable); },
                             [&](HtmlWriter& line) { write_line(line, context, *scenario); }));
    const bool whole = room.lines() + room.left_out() == before;
    if (whole && timeline != nullptr && is_drawn(*timeline, drawable)) marks -= timeline->marks.size();
  }
  const HtmlElement section(page, "section", {{"id", context.section("scenarios")}, {"class", "filtered"}});
  page.leaf("h2", "Scenarios, and what was seen");
  page.leaf(
      "p", {{"class", "intro"}},
      "Each scenario is a short story played against the gateway. Open one to see its requests in time; those that did "
      "not pass come first.");
  page.leaf_unless_empty("p", {{"class", "warning"}}, room.remark("scenarios"));
  page.append(std::move(entries));
}

}  // namespace pinproof::reports
