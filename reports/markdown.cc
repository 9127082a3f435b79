#include "reports/markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "reports/date.h"
#include "reports/deciding.h"
#include "reports/escape.h"
#include "reports/excerpt.h"
#include "reports/headline.h"
#include "reports/markdown_extras.h"
#include "reports/markdown_page.h"
#include "reports/markdown_text.h"
#include "reports/verdict_words.h"

namespace pinproof::reports {
namespace {

/// What one entry may hold; and how many get more than a row.
constexpr std::size_t kDetailedMax = 20;
constexpr std::size_t kPlacesMax = 2;
constexpr std::size_t kExchangesMax = 20;
constexpr std::size_t kNamedMax = 5;
constexpr std::size_t kCommandColumnsMax = 1'200;

/// Whole, or where it stands whole: a part of a command is none.
std::string command(const std::string& text, std::string_view field) {
  if (escape_tags(text, kCommandColumnsMax) == escape_tags(text, kCommandColumnsMax + text.size()))
    return markdown_code(text, kCommandColumnsMax);
  return fmt::format("the command that the result file has as `{}`", field);
}

/// The result of one run, in its part of the page.
class ResultSection {
 public:
  ResultSection(const Result& result, const MarkdownOptions& options, MarkdownPage& page, std::size_t share)
      : result_(result), options_(options), page_(page), share_(share) {
    for (const ScenarioResult& row : result.scenarios) scenarios_.emplace(row.id, &row);
    for (const RequirementResult& row : result.requirements) {
      if (row.verdict != "fail") continue;
      (is_broken(row, result.set) ? broken_ : reported_).push_back(&row);
      for (const Evidence& evidence : row.evidence) answered_for_.insert(evidence.scenario);
    }
  }

  void write() {
    write_head();
    write_score();
    write_broken(broken_, "\n### Broken promises\n\n", "broken promise", share_ * 35 / 100, share_ * 15 / 100);
    write_broken(reported_, "\n### Broken, but not deciding\n\n", "broken promise", share_ * 5 / 100, share_ * 5 / 100);
    write_scenarios({"fail", "harness_error", "setup_fail"}, "\n### Scenarios that failed or could not be set up\n\n");
    write_open();
    if (result_.ledger) write_ledger(page_, *result_.ledger, share_ * 10 / 100);
    if (!options_.is_short) write_every_promise();
  }

 private:
  void write_head() {
    const Headline headline = headline_of(result_);
    page_.append(fmt::format("## {} {}\n\n", headline.symbol, headline.text));
    const Implementation& who = result_.implementation;
    std::string what =
        fmt::format("**Tested:** {}", markdown_text(who.name.empty() ? result_.target.name : who.name, 100));
    if (!who.version.empty()) what += " " + markdown_text(who.version, 60);
    what += fmt::format(" ({}", markdown_text(result_.target.kind, 40));
    if (!result_.target.rules.empty()) what += ", rules " + markdown_text(result_.target.rules, 100);
    what += fmt::format(") by {} {}", markdown_text(result_.program, 40), markdown_text(result_.version, 40));
    if (!result_.header.date.empty())
      what += ", " + (is_date(result_.header.date) ? result_.header.date : markdown_text(result_.header.date, 40));
    page_.append(what + "\\\n");
    if (!broken_.empty()) page_.append("**Where not:** " + named(broken_) + "\\\n");
    if (result_.ledger) page_.append("**Ledger:** " + ledger_in_short(*result_.ledger) + "\\\n");
    page_.append(
        fmt::format("**How that is known:** from what was sent and what came back in {}, each verdict with its "
                    "evidence{}.\n\n",
                    counted(result_.scenarios.size(), "scenario"),
                    result_.reproduce.empty() ? "" : "; again by " + command(result_.reproduce, "how_to_reproduce")));
  }

  static std::string ledger_in_short(const LedgerOutcome& ledger) {
    if (!ledger.differences.empty()) {
      return fmt::format("✗ {} not as expected", counted(ledger.differences.size(), "verdict"));
    }
    return fmt::format("✓ every verdict as expected, {} known", ledger.known.size());
  }

  static std::string named(const std::vector<const RequirementResult*>& rows) {
    std::string text;
    for (std::size_t i = 0; i < rows.size() && i < kNamedMax; ++i) {
      text += fmt::format("{}{} ({})", i == 0 ? "" : ", ", markdown_text(rows[i]->id, 40),
                          markdown_text(rows[i]->title, 100));
    }
    if (rows.size() > kNamedMax) text += fmt::format(", and {} more", rows.size() - kNamedMax);
    return text;
  }

  void write_score() {
    std::string head = "| | result |";
    std::string rule = "|---|---|";
    for (const VerdictStyle& style : kVerdictStyles) {
      if (!occurs(style.word)) continue;
      head += fmt::format(" {} |", markdown_cell(style.word));
      rule += "---:|";
    }
    page_.append_each(
        head + "\n" + rule + "\n", result_.profiles.size(),
        [this](std::size_t i) {
          const ProfileResult& profile = result_.profiles[i];
          const std::string_view symbol = profile.result == "partial" ? "?" : style_of(profile.result).symbol;
          std::string row = fmt::format("| {} {} | {} **{}** |", markdown_cell(profile.dialect, 40),
                                        markdown_cell(profile.set, 40), symbol, markdown_cell(profile.result, 40));
          for (const VerdictStyle& style : kVerdictStyles) {
            if (occurs(style.word)) row += fmt::format(" {} |", times(profile.statistics, style.word));
          }
          return row + "\n";
        },
        "\n", share_ * 5 / 100, "profile");
  }

  static std::uint64_t times(const Statistics& statistics, std::string_view word) {
    const auto found =
        std::find_if(statistics.begin(), statistics.end(), [word](const auto& one) { return one.first == word; });
    return found == statistics.end() ? 0 : found->second;
  }

  bool occurs(std::string_view word) const {
    return std::any_of(result_.profiles.begin(), result_.profiles.end(),
                       [word](const ProfileResult& profile) { return times(profile.statistics, word) != 0; });
  }

  void write_broken(const std::vector<const RequirementResult*>& rows, std::string_view head, const std::string& noun,
                    std::size_t detailed_share, std::size_t row_share) {
    const std::size_t shown = page_.append_each(
        head, std::min(rows.size(), kDetailedMax), [&](std::size_t i) { return promise(*rows[i]); }, "", detailed_share,
        "");
    page_.append_each(
        std::string(shown == 0 ? head : "") + "| promise | | why it is broken |\n|---|---|---|\n", rows.size() - shown,
        [&](std::size_t i) { return table_row(*rows[shown + i]); }, "\n", row_share, noun);
  }

  std::string promise(const RequirementResult& row) const {
    std::string text = fmt::format("#### {} {} {}\n\n", style_of(row.verdict).symbol, markdown_text(row.id, 40),
                                   markdown_text(row.title, 160));
    if (!row.statement.empty())
      text += fmt::format("**Promised** ({}): {}\\\n", markdown_text(row.level, 20), markdown_text(row.statement));
    text += fmt::format("**Seen:** {}", markdown_text(row.reason));
    if (!row.reading.empty()) text += fmt::format("\\\n**Read as:** {}", markdown_text(row.reading, 300));
    const std::string aside = why_it_does_not_decide(row, result_.set);
    if (!aside.empty())
      text += fmt::format("\\\n**Level:** {}, {}", markdown_text(row.level, 20), markdown_text(aside));
    text += "\n\n";
    for (std::size_t i = 0; i < row.evidence.size() && i < kPlacesMax; ++i) text += place(row.evidence[i], row);
    if (row.evidence.size() > kPlacesMax)
      text += fmt::format("… and {}.\n\n", counted(row.evidence.size() - kPlacesMax, "more place"));
    return text;
  }

  std::string place(const Evidence& evidence, const RequirementResult& row) const {
    std::string text = fmt::format("In {}", markdown_code(evidence.scenario, 200));
    if (!evidence.step.empty()) text += " " + markdown_code(evidence.step, 80);
    if (!evidence.reason.empty() && evidence.reason != row.reason) text += ": " + markdown_text(evidence.reason, 300);
    text += "\n\n";
    const auto scenario = scenarios_.find(evidence.scenario);
    if (scenario != scenarios_.end())
      text += exchanges(*scenario->second, {evidence.observations.begin(), evidence.observations.end()});
    if (!evidence.replay.empty()) text += fmt::format("Again: {}\n\n", command(evidence.replay, "replay"));
    return text;
  }

  std::string exchanges(const ScenarioResult& scenario, const std::set<std::uint64_t>& proof) const {
    const std::size_t lines_max = options_.is_short ? kExchangesMax / 2 : kExchangesMax;
    std::string lines;
    std::size_t count = 0;
    for (const ExcerptLine& one : excerpt(scenario.exchanges, proof)) {
      if (++count > lines_max) {
        lines += "  …\n";
        break;
      }
      lines += one.exchange == nullptr
                   ? fmt::format("  … {}\n", counted(one.left_out, "more exchange"))
                   : fmt::format("{} {}  {}\n", one.proves ? "▶" : " ", escape_tags(one.exchange->at, 40),
                                 escape_tags(one.exchange->text, 240));
    }
    return lines.empty() ? "" : markdown_block(lines) + "\n";
  }

  static std::string table_row(const RequirementResult& row) {
    return fmt::format("| {} | {} {} | {} |\n", markdown_code_cell(row.id, 40), style_of(row.verdict).symbol,
                       markdown_cell(row.verdict, 40),
                       markdown_cell(row.reason.empty() ? row.title : row.title + ": " + row.reason, 240));
  }

  /// Those that no broken promise has shown already.
  void write_scenarios(const std::vector<std::string_view>& verdicts, std::string_view head) {
    std::vector<const ScenarioResult*> rows;
    for (const std::string_view verdict : verdicts) {
      for (const ScenarioResult& row : result_.scenarios) {
        if (row.verdict == verdict && !(verdict == "fail" && answered_for_.contains(row.id))) rows.push_back(&row);
      }
    }
    page_.append_each(
        head, rows.size(),
        [&](std::size_t i) {
          const ScenarioResult& row = *rows[i];
          return fmt::format("{} **{}** {} {}: {}\n\n{}Again: {}\n\n", style_of(row.verdict).symbol,
                             markdown_text(row.verdict, 40), markdown_code(row.id, 200), markdown_text(row.title, 160),
                             markdown_text(row.reason, 300), exchanges(row, {}), command(row.replay, "replay"));
        },
        "", share_ * 8 / 100, "scenario");
  }

  void write_open() {
    std::vector<const RequirementResult*> rows;
    for (const std::string_view verdict :
         {"inconclusive", "not_testable", "not_exercised", "setup_fail", "harness_error"}) {
      for (const RequirementResult& row : result_.requirements) {
        if (row.verdict == verdict && row.provable && why_it_does_not_decide(row, result_.set).empty())
          rows.push_back(&row);
      }
    }
    page_.append_each(
        "\n### Not known\n\n| promise | | why |\n|---|---|---|\n", rows.size(),
        [&](std::size_t i) { return table_row(*rows[i]); }, "\n", share_ * 8 / 100, "promise");
  }

  void write_every_promise() {
    page_.append_each(
        fmt::format("<details><summary>Every promise ({})</summary>\n\n| | promise | level | verdict | read as "
                    "|\n|---|---|---|---|---|\n",
                    result_.requirements.size()),
        result_.requirements.size(),
        [this](std::size_t i) {
          const RequirementResult& row = result_.requirements[i];
          return fmt::format("| {} | {} | {} | {} {} | {} |\n", markdown_code_cell(row.id, 40),
                             markdown_cell(row.title, 160), markdown_cell(row.level, 20), style_of(row.verdict).symbol,
                             markdown_cell(row.verdict, 40), markdown_cell(row.reading, 120));
        },
        "\n</details>\n\n", share_ * 10 / 100, "promise");
  }

  const Result& result_;
  const MarkdownOptions& options_;
  MarkdownPage& page_;
  std::size_t share_;
  std::map<std::string_view, const ScenarioResult*> scenarios_;
  std::vector<const RequirementResult*> broken_;    // and they decide
  std::vector<const RequirementResult*> reported_;  // and do not
  std::set<std::string_view> answered_for_;         // scenarios that such a promise's evidence names
};

}  // namespace

std::string render_markdown(const Report& report, const MarkdownOptions& options) {
  const std::size_t bytes_max = options.is_short ? kMarkdownShortBytesMax : kMarkdownBytesMax;
  MarkdownPage page(bytes_max);
  // The results share nine tenths; what is left is for the parts that belong to all of them.
  const std::size_t share = bytes_max * 9 / 10 / std::max<std::size_t>(report.results.size(), 1);
  for (const Result& result : report.results) ResultSection(result, options, page, share).write();
  if (report.comparison) write_comparison(page, *report.comparison, bytes_max * 7 / 100);
  if (report.matrix) write_matrix(page, *report.matrix, bytes_max * 2 / 100);
  return page.take();
}

}  // namespace pinproof::reports
