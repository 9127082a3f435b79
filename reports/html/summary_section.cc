#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "reports/deciding.h"
#include "reports/escape.h"
#include "reports/headline.h"
#include "reports/html/html_sections.h"
#include "reports/html/html_words.h"

namespace pinproof::reports {
namespace {

constexpr std::size_t kReasonColumns = 400;
constexpr std::size_t kBrokenMax = 8;  // on the first screen; the rest are counted and linked

bool decides(const Result& result, const RequirementResult& row) {
  return why_it_does_not_decide(row, result.set).empty();
}

/// Rows of one verdict, those that decide the result first.
std::vector<const RequirementResult*> rows_with(const Result& result, std::string_view verdict) {
  std::vector<const RequirementResult*> rows;
  for (const RequirementResult& row : result.requirements) {
    if (row.verdict == verdict) rows.push_back(&row);
  }
  std::stable_partition(rows.begin(), rows.end(), [&](const auto* row) { return decides(result, *row); });
  return rows;
}

std::string clock_words(const Target& target) {
  if (target.clock == "virtual") return "a simulated clock";
  if (target.clock == "controlled") return "real sockets and a clock that the test moves";
  if (target.clock == "wall" && target.clock_scale > 1.0)
    return fmt::format("real sockets and a clock that runs {:g} times as fast", target.clock_scale);
  return target.clock == "wall" ? "real sockets in real time" : target.clock;
}

std::string lead(const Result& result) {
  const Score score = score_of(result);
  std::string text;
  const auto say = [&text](std::size_t count, std::string_view words) {
    if (count > 0) text += (text.empty() ? "" : ", ") + grouped(count) + " " + std::string(words);
  };
  say(score.held, "held");
  say(score.broken, "broken");
  say(score.undecided, "not decided");
  say(score.untested, "not tested");
  say(score.not_offered, "not offered");
  const std::string what = "Does it keep a session on its exit for as long as it promised, and say so when it cannot? ";
  if (text.empty()) return what + "No promise decides this run.";
  const std::size_t all = score.held + score.broken + score.undecided + score.untested + score.not_offered;
  return what + fmt::format("Of {} that decide, each counted once: {}.", counted(all, "promise", "promises"), text);
}

/// The promises of one verdict, with the reason and where to see it.
void write_rows(HtmlWriter& page, const HtmlContext& context, const std::vector<const RequirementResult*>& rows) {
  const HtmlElement list(page, "ol", {{"class", "broken"}});
  for (std::size_t i = 0; i < std::min(rows.size(), kBrokenMax); ++i) {
    const RequirementResult& row = *rows[i];
    const HtmlElement item(page, "li");
    page.link(context.requirement(row.id), row.id);
    const std::string why_not = why_it_does_not_decide(row, context.result().set);
    page.text(" " + in_a_line(row.title) + (why_not.empty() ? "" : " (" + why_not + ")"));
    const Evidence* const first = row.evidence.empty() ? nullptr : &row.evidence.front();
    page.leaf("p", {{"class", "reason"}},
              escape(first != nullptr && !first->reason.empty() ? first->reason : row.reason, kReasonColumns));
    if (first == nullptr || !context.has_scenario(first->scenario)) continue;
    const HtmlElement see(page, "p", {{"class", "see"}});
    page.link(context.scenario(first->scenario), "See it happen: " + first->scenario);
  }
  if (rows.size() > kBrokenMax) {
    const HtmlElement item(page, "li", {{"class", "more"}});
    page.link(context.section("promises"), counted(rows.size() - kBrokenMax, "more promise", "more promises"));
  }
}

/// Those that decide, and of which nothing was shown.
std::vector<const RequirementResult*> untested_rows(const Result& result) {
  std::vector<const RequirementResult*> rows;
  for (const RequirementResult& row : result.requirements) {
    const bool said = row.verdict == "pass" || row.verdict == "fail" || row.verdict == "inconclusive";
    if (!said && row.verdict != "not_supported" && row.provable && decides(result, row)) rows.push_back(&row);
  }
  return rows;
}

void write_where(HtmlWriter& page, const HtmlContext& context) {
  const auto broken = rows_with(context.result(), "fail");
  const auto unsure = rows_with(context.result(), "inconclusive");
  const auto untested = untested_rows(context.result());
  const HtmlElement part(page, "div", {{"class", "where"}});
  page.leaf("h2", "Where it does not conform");
  if (broken.empty()) {
    page.leaf("p", "Nothing that was tried broke a promise.");
  } else {
    write_rows(page, context, broken);
  }
  if (!unsure.empty()) {
    page.leaf("h3", "What could not be decided");
    write_rows(page, context, unsure);
  }
  if (untested.empty()) return;
  page.leaf("h3", "What was not tested");
  write_rows(page, context, untested);
}

void write_fact(HtmlWriter& page, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  page.leaf("dt", name);
  page.leaf("dd", value);
}

void write_how(HtmlWriter& page, const HtmlContext& context) {
  const Result& result = context.result();
  const HtmlElement part(page, "div", {{"class", "how"}});
  page.leaf("h2", "How we know");
  page.leaf("p",
            fmt::format(
                "{} played against the gateway, on {}. Every exchange was recorded, and a judge that knows "
                "only the promises ruled on the records: a promise counts as broken only where nothing "
                "inside the measured times would make the gateway right.",
                result.scenarios.size() == 1 ? "1 scenario was" : grouped(result.scenarios.size()) + " scenarios were",
                clock_words(result.target)));
  {
    const HtmlElement list(page, "dl", {{"class", "facts"}});
    write_fact(page, "Gateway", under_test(result));
    write_fact(page, "Contact", result.implementation.contact);
    write_fact(page, "Address", result.implementation.url);
    write_fact(page, "Reached as", result.target.name + " (" + result.target.kind + ")");
    write_fact(page, "Rules", result.target.rules);
    write_fact(page, "Date", result.header.date);
    write_fact(page, "Tested by", result.program + " " + result.version);
    write_fact(page, "Seed", std::to_string(result.seed));
  }
  if (result.reproduce.empty()) return;
  page.leaf("p", "The same run again:");
  write_command(page, result.reproduce);
}

}  // namespace

void write_summary(HtmlWriter& page, const HtmlContext& context, std::string_view heading) {
  const Result& result = context.result();
  const HtmlElement section(page, "section", {{"class", "summary"}, {"id", context.section("summary")}});
  page.leaf("p", {{"class", "eyebrow"}}, "Compliance report · " + under_test(result));
  {
    const HtmlElement title(page, heading, {{"class", "headline"}});
    const Headline line = headline_of(result);
    page.leaf("span", {{"class", "symbol " + tone_class(line.tone)}, {"aria-hidden", "true"}}, line.symbol);
    page.text(" " + line.text);
  }
  page.leaf("p", {{"class", "lead"}}, lead(result));
  if (!result.complete)
    page.leaf("p", {{"class", "warning"}}, "The run was interrupted: this is what was gathered until then.");
  write_scores(page, context);
  const HtmlElement columns(page, "div", {{"class", "columns"}});
  write_where(page, context);
  write_how(page, context);
}

void write_ledger(HtmlWriter& page, const HtmlContext& context, std::size_t bytes) {
  if (!context.result().ledger) return;
  const LedgerOutcome& ledger = *context.result().ledger;
  const HtmlElement section(page, "section", {{"id", context.section("ledger")}});
  page.leaf("h2", "Against the ledger of expected results");
  page.leaf("p", ledger.differences.empty()
                     ? fmt::format("All is as {} says{}.", ledger.file, ledger.narrowed ? " of what was played" : "")
                     : fmt::format("{} not as {} says.",
                                   counted(ledger.differences.size(), "verdict is", "verdicts are"), ledger.file));
  if (!ledger.differences.empty()) {
    const HtmlElement scroll(page, "div", {{"class", "scroll"}});
    const HtmlElement table(page, "table");
    page.leaf("caption", "Verdicts that were not expected");
    {
      const HtmlElement head(page, "thead");
      const HtmlElement row(page, "tr");
      for (const char* const title : {"What", "Expected", "Found", "Why"}) page.leaf("th", {{"scope", "col"}}, title);
    }
    const HtmlElement body(page, "tbody");
    write_table_rows(page, ledger.differences, 4, bytes / 2, [&page](const LedgerDifference& one) {
      page.leaf("td", one.id);
      page.leaf("td", plain_word(one.expected) + (one.expired.empty() ? "" : ", until " + one.expired));
      page.leaf("td", plain_word(one.found));
      page.leaf("td", one.reason.empty() ? one.why : one.reason);
    });
  }
  if (ledger.known.empty()) return;
  page.leaf("h3", "Known, and excused");
  const HtmlElement list(page, "ul", {{"class", "known"}});
  const HtmlRoom room(page, bytes / 2);
  std::size_t shown = 0;
  for (; shown < ledger.known.size() && room.left(); ++shown) {
    const LedgerKnown& one = ledger.known[shown];
    const HtmlElement item(page, "li");
    write_badge(page, one.verdict);
    page.text(" " + one.id + ": " + one.why + (one.until.empty() ? "" : " (until " + one.until + ")"));
  }
  if (shown < ledger.known.size()) page.leaf("li", "… " + grouped(ledger.known.size() - shown) + " more");
}

}  // namespace pinproof::reports
