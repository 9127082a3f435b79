#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "reports/html/html_sections.h"
#include "reports/html/html_words.h"
#include "reports/reading_words.h"

namespace pinproof::reports {
namespace {

constexpr std::size_t kEvidenceShown = 5;   // pieces for one promise; the rest are counted
constexpr std::size_t kOpenedMax = 5;       // broken promises that stand open at once
constexpr std::size_t kScenariosShown = 8;  // that showed a promise kept

void write_links(HtmlWriter& page, const HtmlContext& context, const Evidence& evidence) {
  for (std::size_t i = 0; i < evidence.observations.size(); ++i) {
    page.text(i == 0 ? " " : ", ");
    page.link(context.exchange(evidence.scenario, evidence.observations[i]), std::to_string(evidence.observations[i]));
  }
}

void write_scenario_link(HtmlWriter& page, const HtmlContext& context, const std::string& scenario) {
  page.link(context.scenario(scenario), scenario);
}

void write_proof(HtmlWriter& page, const HtmlContext& context, const RequirementResult& row) {
  const HtmlElement list(page, "ol", {{"class", "proof"}});
  for (std::size_t i = 0; i < std::min(row.evidence.size(), kEvidenceShown); ++i) {
    const Evidence& evidence = row.evidence[i];
    const HtmlElement item(page, "li");
    write_scenario_link(page, context, evidence.scenario);
    if (!evidence.observations.empty()) {
      page.text(evidence.observations.size() == 1 ? ", exchange" : ", exchanges");
      write_links(page, context, evidence);
    }
    if (!evidence.reason.empty() && evidence.reason != row.reason)
      page.leaf("p", {{"class", "reason"}}, evidence.reason);
    if (i == 0 || evidence.replay != row.evidence[i - 1].replay) write_command(page, evidence.replay);
  }
  if (row.evidence.size() > kEvidenceShown)
    page.leaf("li", {{"class", "more"}}, counted(row.evidence.size() - kEvidenceShown, "more place", "more places"));
}

/// Where a promise was kept: the scenarios, each once.
void write_where_kept(HtmlWriter& page, const HtmlContext& context, const RequirementResult& row) {
  std::vector<std::string> scenarios;
  for (const Evidence& evidence : row.evidence) {
    if (std::find(scenarios.begin(), scenarios.end(), evidence.scenario) == scenarios.end())
      scenarios.push_back(evidence.scenario);
  }
  const HtmlElement paragraph(page, "p");
  page.text("Seen in ");
  for (std::size_t i = 0; i < std::min(scenarios.size(), kScenariosShown); ++i) {
    if (i > 0) page.text(", ");
    write_scenario_link(page, context, scenarios[i]);
  }
  if (scenarios.size() > kScenariosShown)
    page.text(" and " + counted(scenarios.size() - kScenariosShown, "more scenario", "more scenarios"));
  page.text(".");
}

void write_fact(HtmlWriter& page, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  page.leaf("dt", name);
  page.leaf("dd", value);
}

/// How the promise was read, each reading with what it means where the result says so.
void write_readings(HtmlWriter& page, const Result& result, const RequirementResult& row) {
  for (const std::string& reading : explained_readings(row, result)) write_fact(page, "Read as", reading);
}

void write_promise(HtmlWriter& page, const HtmlContext& context, const RequirementResult& row, bool opened) {
  const bool bad = row.verdict == "fail";
  const HtmlElement details(page, "details",
                            {{"class", "entry promise"},
                             {"id", context.requirement(row.id)},
                             {"open", opened ? "open" : ""},
                             {"data-verdict", row.verdict},
                             {"data-requirements", row.id}});
  {
    const HtmlElement summary(page, "summary");
    write_badge(page, row.verdict);
    page.leaf("span", {{"class", "id"}}, row.id);
    page.leaf("span", {{"class", "title"}}, row.title);
    page.leaf("span", {{"class", "level"}}, row.level);
  }
  const HtmlElement body(page, "div", {{"class", "body"}});
  if (!row.statement.empty()) page.leaf("p", {{"class", "statement"}}, row.statement);
  if (!row.reason.empty()) page.leaf("p", {{"class", bad ? "reason tone-bad" : "reason"}}, row.reason);
  {
    const HtmlElement facts(page, "dl", {{"class", "facts"}});
    write_fact(page, "Source", row.source);
    write_fact(page, "Level", row.level + ": " + std::string(meaning_of_level(row.level)));
    write_readings(page, context.result(), row);
    if (!row.provable) write_fact(page, "Note", "No history can show it; it decides nothing.");
  }
  if (row.evidence.empty()) return;
  if (row.verdict == "pass") {
    write_where_kept(page, context, row);
  } else {
    write_proof(page, context, row);
  }
}

void write_line(HtmlWriter& page, const HtmlContext& context, const RequirementResult& row) {
  const HtmlElement entry(page, "div",
                          {{"class", "entry line promise"},
                           {"id", context.requirement(row.id)},
                           {"data-verdict", row.verdict},
                           {"data-requirements", row.id}});
  write_badge(page, row.verdict);
  page.leaf("span", {{"class", "id"}}, in_a_line(row.id));
  page.leaf("span", {{"class", "title"}}, in_a_line(row.reason.empty() ? row.title : row.reason));
  page.leaf("span", {{"class", "level"}}, row.level);
}

/// Every row as it is told, those that did not hold first in having room; those of them that stand open are the first in the page's order.
std::vector<HtmlWriter> tell(const HtmlContext& context, HtmlEntryRoom& room) {
  const std::vector<RequirementResult>& rows = context.result().requirements;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < rows.size(); ++i) order.push_back(i);
  const auto weight = [&rows](std::size_t row) {
    return rows[row].verdict == "fail" ? 0 : rows[row].verdict == "pass" ? 2 : 1;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t left, std::size_t right) { return weight(left) < weight(right); });
  std::size_t to_open = kOpenedMax;
  std::vector<HtmlWriter> entries(rows.size());
  for (const std::size_t row : order) {
    const bool opened = rows[row].verdict == "fail" && to_open > 0;
    if (opened) --to_open;
    entries[row] = room.tell([&](HtmlWriter& whole) { write_promise(whole, context, rows[row], opened); },
                             [&](HtmlWriter& line) { write_line(line, context, rows[row]); });
  }
  return entries;
}

using GroupKey = std::pair<std::string, std::string>;  // dialect, set

std::vector<GroupKey> groups_of(const Result& result) {
  std::vector<GroupKey> keys;
  for (const RequirementResult& row : result.requirements) {
    const GroupKey key{row.dialect, row.set};
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  std::stable_sort(keys.begin(), keys.end(), [](const GroupKey& left, const GroupKey& right) {
    return (left.first == "both") < (right.first == "both");
  });
  return keys;
}

}  // namespace

void write_promises(HtmlWriter& page, const HtmlContext& context, std::size_t bytes) {
  const Result& result = context.result();
  HtmlEntryRoom room(bytes, result.requirements.size());
  std::vector<HtmlWriter> entries = tell(context, room);
  const HtmlElement section(page, "section", {{"id", context.section("promises")}, {"class", "filtered"}});
  page.leaf("h2", "Promises, one by one");
  page.leaf_unless_empty("p", {{"class", "warning"}}, room.remark("promises"));
  for (const GroupKey& key : groups_of(result)) {
    const HtmlElement group(page, "section",
                            {{"class", "group"}, {"id", context.section("promises-" + key.first + "-" + key.second)}});
    page.leaf("h3", dialect_name(key.first) + ", " + key.second + " set");
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const RequirementResult& row = result.requirements[i];
      if (row.dialect == key.first && row.set == key.second) page.append(std::move(entries[i]));
    }
  }
}

}  // namespace pinproof::reports
