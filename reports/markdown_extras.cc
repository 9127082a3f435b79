#include "reports/markdown_extras.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "reports/headline.h"
#include "reports/markdown_text.h"
#include "reports/verdict_words.h"

namespace pinproof::reports {
namespace {

std::string verdict_cell(const std::string& word) {
  return word.empty() ? "–" : fmt::format("{} {}", style_of(word).symbol, markdown_cell(word, 40));
}

std::string because(const LedgerDifference& one) {
  std::string text = one.reason;
  if (!one.expired.empty()) text += fmt::format("{}the entry ran out on {}", text.empty() ? "" : "; ", one.expired);
  if (!one.why.empty()) text += fmt::format("{}was expected because: {}", text.empty() ? "" : "; ", one.why);
  return text;
}

std::string milliseconds(std::uint64_t us) { return fmt::format("{}.{:03} ms", us / 1000, us % 1000); }

/// "3 broken, 1 fixed, 140 as before".
std::string tally(const Comparison& comparison) {
  std::string text;
  for (int i = 0; i <= static_cast<int>(Change::kRemoved); ++i) {
    const auto change = static_cast<Change>(i);
    const auto times = std::count_if(comparison.changes.begin(), comparison.changes.end(),
                                     [change](const VerdictChange& one) { return one.change == change; });
    if (times != 0) text += fmt::format("**{} {}**, ", times, to_string(change));
  }
  return text + fmt::format("{} as before", comparison.unchanged);
}

std::string_view symbol_of(Change change) {
  switch (change) {
    case Change::kBroken:
      return "✗";
    case Change::kFixed:
      return "✓";
    case Change::kNewlyUntested:
      return "?";
    case Change::kNewlyTested:
    case Change::kOther:
    case Change::kAdded:
    case Change::kRemoved:
      break;
  }
  return "·";
}

}  // namespace

void write_ledger(MarkdownPage& page, const LedgerOutcome& ledger, std::size_t share) {
  const std::string scope = ledger.narrowed ? " Only scenarios were compared, since not all were asked for." : "";
  if (ledger.differences.empty()) {
    page.append(fmt::format("\n### As the ledger expects\n\nEvery verdict is as {} says.{}\n\n",
                            markdown_code(ledger.file, 200), scope));
  } else {
    page.append(fmt::format("\n### Not as the ledger expects\n\n✗ {} not as {} {}.{}\n\n",
                            counted(ledger.differences.size(), "verdict"), markdown_code(ledger.file, 200),
                            ledger.differences.size() == 1 ? "says" : "say", scope));
  }
  page.append_each(
      "| | expected | found | why |\n|---|---|---|---|\n", ledger.differences.size(),
      [&](std::size_t i) {
        const LedgerDifference& one = ledger.differences[i];
        return fmt::format("| {} | {} | {} | {} |\n", markdown_code_cell(one.id), verdict_cell(one.expected),
                           one.found == "not played" ? one.found : verdict_cell(one.found),
                           markdown_cell(because(one), 400));
      },
      "\n", share / 2, "difference");
  page.append_each(
      fmt::format("<details><summary>Known: {}</summary>\n\n| | verdict | why | until |\n|---|---|---|---|\n",
                  counted(ledger.known.size(), "verdict")),
      ledger.known.size(),
      [&](std::size_t i) {
        const LedgerKnown& one = ledger.known[i];
        return fmt::format("| {} | {} | {} | {} |\n", markdown_code_cell(one.id), verdict_cell(one.verdict),
                           markdown_cell(one.why, 400), one.until.empty() ? "–" : markdown_cell(one.until, 20));
      },
      "\n</details>\n\n", share / 2, "known verdict");
}

void write_comparison(MarkdownPage& page, const Comparison& comparison, std::size_t share) {
  page.append(fmt::format("\n### Since the run before\n\n{}.\n\n", tally(comparison)));
  page.append_each(
      "| | before | now | what |\n|---|---|---|---|\n", comparison.changes.size(),
      [&](std::size_t i) {
        const VerdictChange& one = comparison.changes[i];
        const std::string what = one.reason.empty() ? one.title : one.title + ": " + one.reason;
        return fmt::format("| {} {} {} | {} | {} | {} |\n", symbol_of(one.change), to_string(one.change),
                           markdown_code_cell(one.id), verdict_cell(one.before), verdict_cell(one.after),
                           markdown_cell(what, 300));
      },
      "\n", share / 2, "change");
  page.append_each(
      "The runs themselves differ:\n\n| what | before | now |\n|---|---|---|\n", comparison.facts.size(),
      [&](std::size_t i) {
        const FactChange& one = comparison.facts[i];
        return fmt::format("| {} | {} | {} |\n", markdown_cell(one.what, 80), markdown_code_cell(one.before, 120),
                           markdown_code_cell(one.after, 120));
      },
      "\n", share / 4, "difference");
  page.append_each(
      "Answers came earlier or later:\n\n| scenario | what | before | now |\n|---|---|---:|---:|\n",
      comparison.drifts.size(),
      [&](std::size_t i) {
        const TimingDrift& one = comparison.drifts[i];
        return fmt::format("| {} | {} | {} | {} |\n", markdown_code_cell(one.scenario), markdown_cell(one.what, 40),
                           milliseconds(one.before_us), milliseconds(one.after_us));
      },
      "\n", share / 4, "drift");
}

void write_matrix(MarkdownPage& page, const Matrix& matrix, std::size_t share) {
  const auto killed = static_cast<std::size_t>(std::count_if(
      matrix.wrong.begin(), matrix.wrong.end(), [](const MatrixGateway& one) { return one.outcome == "killed"; }));
  const auto passed = static_cast<std::size_t>(std::count_if(
      matrix.right.begin(), matrix.right.end(), [](const MatrixGateway& one) { return one.outcome == "passed"; }));
  page.append(
      fmt::format("\n### Can the suite tell?\n\n{} Of {} that are wrong on purpose, {} had the right promise blamed; "
                  "of {} that keep "
                  "their promises, {} passed.{}{}\n\n",
                  matrix.proved ? "✓" : "✗", counted(matrix.wrong.size(), "gateway"), killed, matrix.right.size(),
                  passed, matrix.whole ? "" : " Not all were tried.", matrix.complete ? "" : " Interrupted."));
  std::vector<const MatrixGateway*> odd;
  for (const auto* const group : {&matrix.wrong, &matrix.right}) {
    for (const MatrixGateway& one : *group) {
      if (one.outcome != "killed" && one.outcome != "passed") odd.push_back(&one);
    }
  }
  page.append_each(
      "| gateway | breaks | outcome | why |\n|---|---|---|---|\n", odd.size(),
      [&](std::size_t i) {
        const MatrixGateway& one = *odd[i];
        return fmt::format("| {} | {} | {} | {} |\n", markdown_code_cell(one.id),
                           one.requirement.empty() ? "nothing" : markdown_code_cell(one.requirement, 40),
                           markdown_cell(one.outcome, 40), markdown_cell(one.reason, 300));
      },
      "\n", share, "gateway");
}

}  // namespace pinproof::reports
