#include "reports/html/exchange_table.h"

#include <algorithm>
#include <string>
#include <vector>

#include "reports/html/html_words.h"
#include "reports/html/time_scale.h"

namespace pinproof::reports {
namespace {

constexpr std::size_t kBefore = 3;  // a piece of evidence

bool has_row(const TimelineMark& mark) { return mark.id != 0 && mark.kind != TimelineMarkKind::kBin; }

bool tells_a_story(const TimelineMark& mark) {
  return mark.repinned || mark.exit_changed || mark.kind == TimelineMarkKind::kRefused ||
         mark.kind == TimelineMarkKind::kUnanswered;
}

void head(HtmlWriter& page, std::string_view caption) {
  page.leaf("caption", caption);
  const HtmlElement head(page, "thead");
  const HtmlElement row(page, "tr");
  for (const char* const title : {"No.", "Time", "What was sent, and what came back"})
    page.leaf("th", {{"scope", "col"}}, title);
}

void gap(HtmlWriter& page, const std::string& words) {
  const HtmlElement row(page, "tr", {{"class", "gap"}});
  page.leaf("td", {{"colspan", "3"}}, words);
}

struct Row {
  std::uint64_t observation = 0;
  std::string at;
  std::string text;
  bool evidence = false;
  const std::vector<HtmlAccusation>* accusations = nullptr;
};

void write(HtmlWriter& page, const HtmlContext& context, const std::string& scenario, const Row& row) {
  const bool named = row.observation != 0;
  const HtmlElement line(
      page, "tr",
      {{"class", row.evidence ? "evidence" : ""}, {"id", named ? context.exchange(scenario, row.observation) : ""}});
  page.leaf("td", {{"class", "number"}}, named ? std::to_string(row.observation) : "");
  page.leaf("td", {{"class", "time"}}, row.at);
  const HtmlElement cell(page, "td");
  page.text(row.text);
  if (row.accusations == nullptr) return;
  for (const HtmlAccusation& accusation : *row.accusations) {
    if (!accusation.last) continue;
    const HtmlElement why(page, "p", {{"class", "why " + tone_class(accusation.verdict)}});
    page.link(context.requirement(accusation.requirement), accusation.requirement);
    page.text((accusation.verdict == "fail" ? " is broken here: " : " cannot be decided here: ") + accusation.reason);
  }
}

}  // namespace

std::set<std::uint64_t> rows_of(const Timeline& timeline) {
  std::vector<const TimelineMark*> marks;
  for (const TimelineMark& mark : timeline.marks) {
    if (has_row(mark)) marks.push_back(&mark);
  }
  std::set<std::uint64_t> rows;
  const auto add = [&](const TimelineMark& mark) {
    if (rows.size() < kExchangeRowsMax) rows.insert(mark.id);
  };
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (!marks[i]->evidence) continue;
    for (std::size_t back = std::min(i, kBefore) + 1; back-- > 0;) add(*marks[i - back]);
  }
  for (const TimelineMark* const mark : marks) {
    if (tells_a_story(*mark)) add(*mark);
  }
  for (const TimelineMark* const mark : marks) add(*mark);
  return rows;
}

void write_exchanges(HtmlWriter& page, const HtmlContext& context, const Timeline& timeline,
                     const std::set<std::uint64_t>& rows) {
  const auto& accusations = context.accusations(timeline.scenario);
  const HtmlElement scroll(page, "div", {{"class", "scroll"}});
  const HtmlElement table(page, "table", {{"class", "exchanges"}});
  head(page, "Exchanges of " + timeline.scenario);
  const HtmlElement body(page, "tbody");
  std::uint64_t left_out = 0;
  const auto say_left_out = [&] {
    if (left_out > 0) gap(page, "… " + counted(left_out, "exchange", "exchanges") + " more");
    left_out = 0;
  };
  for (const TimelineMark& mark : timeline.marks) {
    if (mark.kind == TimelineMarkKind::kBin || (mark.id != 0 && !rows.contains(mark.id))) {
      left_out += mark.count;
      continue;
    }
    say_left_out();
    const auto found = accusations.find(mark.id);
    write(page, context, timeline.scenario,
          {mark.id, clock_text(mark.from.at), mark.text, mark.evidence,
           mark.id == 0 || found == accusations.end() ? nullptr : &found->second});
  }
  say_left_out();
}

void write_exchanges(HtmlWriter& page, const HtmlContext& context, const ScenarioResult& scenario) {
  if (scenario.exchanges.empty()) return;
  const auto& accusations = context.accusations(scenario.id);
  const HtmlElement scroll(page, "div", {{"class", "scroll"}});
  const HtmlElement table(page, "table", {{"class", "exchanges"}});
  head(page, "Exchanges of " + scenario.id);
  const HtmlElement body(page, "tbody");
  for (const ExchangeLine& line : scenario.exchanges) {
    if (line.observation == 0 && line.at.empty()) {
      gap(page, line.text);
      continue;
    }
    const auto found = accusations.find(line.observation);
    write(page, context, scenario.id,
          {line.observation, line.at, line.text, line.evidence,
           line.observation == 0 || found == accusations.end() ? nullptr : &found->second});
  }
}

}  // namespace pinproof::reports
