#include "reports/markdown.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "reports/result_testing.h"
#include "reports/snapshot_testing.h"
#include "reports/well_formed_testing.h"

namespace pinproof::reports {
namespace {

Report of(Result result) {
  Report report;
  report.results.push_back(std::move(result));
  return report;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

TEST(Markdown, AllPass) { expect_snapshot("all_pass.md", render_markdown(of(all_pass()))); }
TEST(Markdown, Failures) { expect_snapshot("failures.md", render_markdown(of(with_failures()))); }
TEST(Markdown, ShortFailures) {
  expect_snapshot("failures_short.md", render_markdown(of(with_failures()), {.is_short = true}));
}
TEST(Markdown, Inconclusive) { expect_snapshot("inconclusive.md", render_markdown(of(with_inconclusive()))); }
TEST(Markdown, Partial) { expect_snapshot("partial.md", render_markdown(of(partial()))); }
TEST(Markdown, Interrupted) { expect_snapshot("interrupted.md", render_markdown(of(interrupted()))); }
TEST(Markdown, SetupFail) { expect_snapshot("setup_fail.md", render_markdown(of(only_setup_fail()))); }
TEST(Markdown, Ledger) { expect_snapshot("ledger.md", render_markdown(of(with_ledger()))); }

TEST(Markdown, AllParts) {
  Report report = of(with_failures());
  report.comparison =
      Comparison{{{"seed", "1", "7"}, {"reading over_cap", "reject", "clamp"}},
                 {{Change::kBroken, "requirement", "H-STK-6", "a residential window ends within 30 minutes", "pass",
                   "fail", "still pinned", "pinproof replay …"},
                  {Change::kFixed, "requirement", "C-SES-7", "a session expires 30 minutes after its last request",
                   "fail", "pass", "", ""},
                  {Change::kAdded, "scenario", "crawlera/errors/bad-header", "a malformed control header is refused",
                   "", "fail", "expected refused, got 200", ""}},
                 {{"helodata/sticky/holds-to-the-end", "median", 50'000, 120'250}},
                 5};
  Matrix matrix;
  matrix.wrong = {{"helodata-cap-of-31", "a cap of 31", "helodata", "H-STK-6", "killed", "", {}, {}, {}},
                  {"helodata-no-cap", "no cap", "helodata", "H-STK-6", "survived", "nothing failed", {}, {}, {}}};
  matrix.right = {{"helodata-may-clamp", "clamps", "helodata", "", "passed", "", {}, {}, {}}};
  report.matrix = matrix;
  expect_snapshot("all_parts.md", render_markdown(report));
}

TEST(Markdown, ACommandIsWholeOrSaidToBeElsewhere) {
  for (const std::size_t length : {10U, 737U, 1'100U, 1'300U, 100'000U}) {
    Result result = with_failures();
    const std::string command = "pinproof run --filter '" + std::string(length, 'x') + "' --seed 7";
    result.reproduce = command;
    result.requirements[1].evidence[0].replay = command;
    const std::string text = render_markdown(of(std::move(result)));
    const bool is_whole = length < 1'200;
    EXPECT_EQ(text.find("; again by `" + command + "`.") != std::string::npos, is_whole) << length;
    EXPECT_EQ(text.find("Again: `" + command + "`") != std::string::npos, is_whole) << length;
    EXPECT_EQ(text.find("; again by the command that the result file has as `how_to_reproduce`.") != std::string::npos,
              !is_whole)
        << length;
    EXPECT_EQ(text.find("Again: the command that the result file has as `replay`") != std::string::npos, !is_whole);
    EXPECT_EQ(text.find("more bytes"), std::string::npos);
  }
}

TEST(Markdown, AnswersInItsFirstLine) {
  EXPECT_EQ(first_line(render_markdown(of(all_pass()))), "## ✓ Conforms: 5 promises held");
  EXPECT_EQ(first_line(render_markdown(of(with_failures()))), "## ✗ Does not conform: 1 promise is broken");
  EXPECT_EQ(first_line(render_markdown(of(with_inconclusive()))),
            "## ? Not decided: 4 promises held, 1 could not be decided");
  EXPECT_EQ(first_line(render_markdown(of(partial()))),
            "## ? Conforms as far as it was tested: 4 promises held, 1 not tested");
  EXPECT_EQ(first_line(render_markdown(of(only_setup_fail()))),
            "## ? Nothing was shown: no promise was tested to the end");
}

TEST(Markdown, KeepsToItsSizeWhateverTheResult) {
  Report report = of(ten_thousand_failures());
  report.comparison.emplace();
  report.comparison->changes.assign(10'000,
                                    {Change::kBroken, "requirement", "H-STK-6", "a title", "pass", "fail", "why", ""});
  for (const std::size_t results : {1U, 12U}) {
    report.results.resize(results, report.results.front());
    const std::string whole = render_markdown(report);
    EXPECT_LT(whole.size(), 1'048'576U);
    const std::string brief = render_markdown(report, {.is_short = true});
    EXPECT_LT(brief.size(), 64'000U);
    EXPECT_EQ(what_is_wrong_with_markdown(brief), "");
    EXPECT_EQ(first_line(brief), "## ✗ Does not conform: 10001 promises are broken");
    EXPECT_NE(brief.find(" left out here; the result file has them."), std::string::npos);
  }
}

TEST(Markdown, CountsWhatItLeavesOut) {
  const std::string brief = render_markdown(of(ten_thousand_failures()), {.is_short = true});
  EXPECT_NE(brief.find("H-STK-6 (a residential window ends within 30 minutes), X-0 ("), std::string::npos);
  EXPECT_NE(brief.find(", and 9996 more\\\n"), std::string::npos);
}

}  // namespace
}  // namespace pinproof::reports
