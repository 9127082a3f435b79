#include "reports/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "reports/deciding.h"
#include "reports/escape.h"
#include "reports/excerpt.h"
#include "reports/reading_words.h"
#include "reports/utf8.h"
#include "reports/verdict_words.h"

namespace pinproof::reports {
namespace {

/// A reason in the table takes one line, or two on a narrow terminal; the whole of it stands above the table.
constexpr std::size_t kLevelColumns = 11;    // best-effort
constexpr std::size_t kVerdictColumns = 15;  // symbol, space, not_exercised
constexpr std::size_t kShortReasonMin = 24;

/// So many rows that nothing touched become one line.
constexpr std::size_t kUntouchedRowsMin = 4;

Ink ink_of(Tone tone) {
  switch (tone) {
    case Tone::kGood:
      return Ink::kGood;
    case Tone::kBad:
      return Ink::kBad;
    case Tone::kUnsure:
    case Tone::kUntried:
      return Ink::kUnsure;
    case Tone::kQuiet:
      break;
  }
  return Ink::kDim;
}

Span verdict_span(std::string_view verdict) {
  const VerdictStyle style = style_of(verdict);
  return {fmt::format("{} {}", style.symbol, verdict), ink_of(style.tone)};
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t used = columns(escape(text));
  if (used < width) text.append(width - used, ' ');
  return text;
}

class TerminalReport {
 public:
  TerminalReport(const Result& result, const TerminalReportOptions& options)
      : result_(result), options_(options), page_(options.page) {
    for (const ScenarioResult& scenario : result.scenarios) scenarios_.emplace(scenario.id, &scenario);
  }

  std::string render() {
    show_requirements("fail");
    show_scenarios("fail");
    show_scenarios("harness_error");
    show_scenarios("setup_fail");
    show_requirements("inconclusive");
    show_scenarios("inconclusive");
    if (options_.verbosity == Verbosity::kVerbose) list_scenarios();
    if (options_.verbosity != Verbosity::kQuiet) tabulate_requirements();
    show_ledger();
    summarize();
    return page_.take();
  }

 private:
  void show_requirements(std::string_view verdict) {
    // Those that decide first: a reader who stops after one has read the right one.
    for (const bool decides : {true, false}) {
      for (const RequirementResult& requirement : result_.requirements) {
        if (requirement.verdict != verdict) continue;
        if (why_it_does_not_decide(requirement, result_.set).empty() == decides) show(requirement);
      }
    }
  }

  void show(const RequirementResult& requirement) {
    page_.paragraph({verdict_span(requirement.verdict), {"  "}, {requirement.id, Ink::kBold}, {"  "}},
                    requirement.title, 0);
    const std::string aside = why_it_does_not_decide(requirement, result_.set);
    page_.paragraph({}, requirement.level + (aside.empty() ? "" : ": " + aside), 2, Ink::kDim);
    page_.paragraph({}, requirement.reason, 2);
    for (const std::string& reading : explained_readings(requirement, result_))
      page_.paragraph({{"reading: ", Ink::kDim}}, reading, 2);
    std::size_t shown = 0;
    for (const Evidence& evidence : requirement.evidence) {
      if (shown++ == options_.places_max) break;
      show(evidence, requirement.reason);
    }
    if (requirement.evidence.size() > options_.places_max) {
      const std::size_t more = requirement.evidence.size() - options_.places_max;
      page_.paragraph({}, fmt::format("… and in {} more {}; --json has them all", more, more == 1 ? "place" : "places"),
                      2, Ink::kDim);
    }
    page_.blank();
  }

  void show(const Evidence& evidence, const std::string& reason_said) {
    cited_.insert(evidence.scenario);
    const auto found = scenarios_.find(evidence.scenario);
    page_.line({{evidence.scenario, Ink::kBold}, {evidence.step.empty() ? "" : "  " + evidence.step, Ink::kDim}}, 2);
    if (evidence.reason != reason_said) page_.paragraph({}, evidence.reason, 4);
    if (found == scenarios_.end()) return;
    const std::set<std::uint64_t> proof(evidence.observations.begin(), evidence.observations.end());
    show_exchanges(*found->second, proof);
    show_replay(*found->second);
  }

  void show_scenarios(std::string_view verdict) {
    for (const ScenarioResult& scenario : result_.scenarios) {
      if (scenario.verdict != verdict || cited_.contains(scenario.id)) continue;
      page_.paragraph({verdict_span(scenario.verdict), {"  "}, {scenario.id, Ink::kBold}, {"  "}}, scenario.title, 0);
      page_.paragraph({}, scenario.reason, 2);
      show_exchanges(scenario, {});
      show_replay(scenario);
      page_.blank();
    }
  }

  void show_exchanges(const ScenarioResult& scenario, const std::set<std::uint64_t>& proof) {
    for (const ExcerptLine& line : excerpt(scenario.exchanges, proof, options_.verbosity == Verbosity::kVerbose)) {
      if (line.exchange == nullptr) {
        const std::string_view noun = line.left_out == 1 ? "exchange" : "exchanges";
        page_.line({{fmt::format("  … {} more {}", line.left_out, noun), Ink::kDim}}, 4);
      } else {
        page_.paragraph({{line.proves ? "▶ " : "  ", Ink::kBad}, {line.exchange->at + "  ", Ink::kDim}},
                        line.exchange->text, 4, line.proves ? Ink::kBold : Ink::kPlain);
      }
    }
  }

  void show_replay(const ScenarioResult& scenario) {
    if (!scenario.replay.empty()) page_.line({{"replay: ", Ink::kDim}, {scenario.replay}}, 4);
  }

  void list_scenarios() {
    page_.line({{"scenarios", Ink::kBold}});
    for (const ScenarioResult& scenario : result_.scenarios) {
      Span verdict = verdict_span(scenario.verdict);
      verdict.text = padded(std::move(verdict.text), kVerdictColumns);
      page_.line({verdict, {"  "}, {scenario.id}}, 2);
    }
    page_.blank();
  }

  void tabulate_requirements() {
    std::vector<std::string> dialects;
    std::size_t id_columns = 0;
    for (const RequirementResult& requirement : result_.requirements) {
      id_columns = std::max(id_columns, columns(escape(requirement.id)));
      if (std::find(dialects.begin(), dialects.end(), requirement.dialect) == dialects.end())
        dialects.push_back(requirement.dialect);
    }
    for (const std::string& dialect : dialects) {
      page_.line({{dialect == "both" ? "of both dialects" : dialect, Ink::kBold}});
      const std::vector<const RequirementResult*> left_out = untouched(dialect);
      for (const RequirementResult& requirement : result_.requirements) {
        const bool is_left_out = std::find(left_out.begin(), left_out.end(), &requirement) != left_out.end();
        if (requirement.dialect == dialect && !is_left_out) tabulate(requirement, id_columns);
      }
      if (!left_out.empty()) {
        std::string ids;
        for (const RequirementResult* requirement : left_out) ids += (ids.empty() ? "" : ", ") + requirement->id;
        page_.paragraph({verdict_span("not_exercised"), {"  "}}, left_out.front()->reason + ": " + ids, 2, Ink::kDim);
      }
      page_.blank();
    }
  }

  /// Rows that nothing touched, where they are many and for one reason: a run of one scenario would bury its own rows in them.
  std::vector<const RequirementResult*> untouched(const std::string& dialect) const {
    std::vector<const RequirementResult*> rows;
    if (options_.verbosity == Verbosity::kVerbose) return rows;
    for (const RequirementResult& requirement : result_.requirements) {
      if (requirement.dialect != dialect || requirement.verdict != "not_exercised") continue;
      if (rows.empty() || rows.front()->reason == requirement.reason) rows.push_back(&requirement);
    }
    if (rows.size() < kUntouchedRowsMin) rows.clear();
    return rows;
  }

  void tabulate(const RequirementResult& requirement, std::size_t id_columns) {
    const std::string& short_reason =
        requirement.verdict == "pass" || requirement.reason.empty() ? requirement.title : requirement.reason;
    const std::size_t before = 2 + id_columns + 2 + kLevelColumns + 2 + kVerdictColumns + 2;
    const std::size_t room = std::max(page_.width() > before ? page_.width() - before : 0, kShortReasonMin);
    Span verdict = verdict_span(requirement.verdict);
    verdict.text = padded(std::move(verdict.text), kVerdictColumns);
    page_.line({{padded(requirement.id, id_columns)},
                {"  "},
                {padded(requirement.level, kLevelColumns), Ink::kDim},
                {"  "},
                verdict,
                {"  "},
                {cut_to_columns(escape(short_reason), room, "…"), Ink::kDim}},
               2);
  }

  void show_known(const LedgerOutcome& ledger) {
    std::string known;
    for (const LedgerKnown& one : ledger.known) {
      known += (known.empty() ? "" : ", ") + one.id + " " + one.verdict;
      if (!one.until.empty()) known += " (until " + one.until + ")";
    }
    if (!known.empty()) page_.paragraph({{"known: ", Ink::kDim}}, known, 2);
  }

  void show_ledger() {
    if (!result_.ledger) return;
    const LedgerOutcome& ledger = *result_.ledger;
    const std::size_t count = ledger.differences.size();
    const std::string scope = ledger.narrowed ? ", scenarios only, since not all were asked for" : "";
    if (count == 0) {
      page_.paragraph({{"✓ as expected", Ink::kGood}, {"  "}}, "every verdict is as " + ledger.file + " says" + scope,
                      0);
      show_known(ledger);
      page_.blank();
      return;
    }
    page_.paragraph(
        {{"✗ not as expected", Ink::kBad}, {"  "}},
        fmt::format("{} {} not as {} says{}", count, count == 1 ? "verdict is" : "verdicts are", ledger.file, scope),
        0);
    for (const LedgerDifference& one : ledger.differences) {
      page_.paragraph(
          {{one.id, Ink::kBold}, {"  "}},
          fmt::format("expected {}, found {}{}", one.expected, one.found, one.reason.empty() ? "" : ": " + one.reason),
          2);
      if (!one.expired.empty()) {
        page_.paragraph({}, "its entry ran out: " + one.expired + " was the last day", 4, Ink::kUnsure);
      }
      if (!one.why.empty()) page_.paragraph({{"expected because: ", Ink::kDim}}, one.why, 4);
    }
    show_known(ledger);
    page_.blank();
  }

  std::string readings_that_differ() const {
    std::vector<std::string> names;  // of both dialects, mostly
    std::string text;
    for (const ReadingResult& reading : result_.readings) {
      if (!reading.differs || std::find(names.begin(), names.end(), reading.name) != names.end()) continue;
      names.push_back(reading.name);
      text += (text.empty() ? "" : ", ") + reading.name + "=" + reading.value;
    }
    return text;
  }

  void summarize() {
    if (!result_.complete)
      page_.line({{"! incomplete", Ink::kBad}, {"  interrupted: this is what was gathered until then"}});
    const std::string readings = readings_that_differ();
    if (!readings.empty()) page_.paragraph({{"readings: ", Ink::kDim}}, readings, 0);
    std::string counts;
    std::uint64_t total = 0;
    for (const auto& [word, times] : result_.statistics) {
      total += times;
      if (times != 0) counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", times, word);
    }
    const VerdictStyle style = style_of(result_.result);
    const bool is_partial = result_.result == "partial";
    const std::string_view symbol = is_partial ? "?" : style.symbol;
    page_.paragraph(
        {{fmt::format("{} {}", symbol, result_.result), is_partial ? Ink::kUnsure : ink_of(style.tone)}, {"  "}},
        fmt::format("{} {}: {} · {} ({}) · seed {} · {:.1f} s · --json for machines", total,
                    total == 1 ? "scenario" : "scenarios", counts.empty() ? "none ran" : counts, result_.target.name,
                    result_.target.kind, result_.seed, result_.header.wall_seconds),
        0);
  }

  const Result& result_;
  const TerminalReportOptions& options_;
  TerminalPage page_;
  std::map<std::string, const ScenarioResult*, std::less<>> scenarios_;
  std::set<std::string, std::less<>> cited_;  // scenarios that a requirement's evidence has shown already
};

}  // namespace

std::string render_terminal(const Result& result, const TerminalReportOptions& options) {
  return TerminalReport(result, options).render();
}

}  // namespace pinproof::reports
