#include "reports/case_bound.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "reports/ctrf_json.h"
#include "reports/junit.h"
#include "reports/result_testing.h"
#include "reports/tap.h"

namespace pinproof::reports {
namespace {

/// So many of each, the passed ones first.
std::vector<CaseDraft> drafts(const OutcomeCounts& counts, const std::string& reason) {
  std::vector<CaseDraft> made;
  for (std::size_t outcome = 0; outcome < counts.size(); ++outcome) {
    for (std::size_t i = 0; i < counts[outcome]; ++i) {
      Case one;
      one.name = fmt::format("{:06}", i);
      one.verdict = "fail";
      one.outcome = static_cast<Outcome>(outcome);
      one.reason = reason;
      made.push_back({0, std::move(one), {}, false});
    }
  }
  return made;
}

struct Bound {
  const char* what;
  OutcomeCounts all;  // passed, failed, error, skipped, known
  OutcomeCounts left_out;
  std::vector<std::string> notes;
};

// A case without a reason takes 300 bytes, 1 for its suite's name, 6 for its own and 4 for its verdict; 8 MB hold 25,723 of them.
TEST(CaseBound, FailuresAreTheLastToGo) {
  const std::vector<Bound> cases = {
      {"few", {100, 100, 100, 100, 100}, {}, {}},
      {"just so many", {25'723, 0, 0, 0, 0}, {}, {}},
      {"one more", {25'723, 1, 0, 0, 0}, {1}, {"left out here, and counted: 1 passed; the result has them"}},
      {"of each",
       {10'000, 10'000, 10'000, 10'000, 10'000},
       {10'000, 0, 0, 10'000, 4'277},
       {"left out here, and counted: 10000 passed, 10000 skipped, 4277 known; the result has them"}},
      {"failures alone",
       {0, 30'000, 0, 0, 0},
       {0, 4'277, 0, 0, 0},
       {"left out here, and counted: 4277 failed; the result has them"}},
  };
  for (const Bound& test : cases) {
    const CaseList list = bounded({"s"}, drafts(test.all, ""));
    EXPECT_EQ(list.suites[0].left_out, test.left_out) << test.what;
    EXPECT_EQ(list.notes, test.notes) << test.what;
    for (std::size_t i = 0; i < test.all.size(); ++i)
      EXPECT_EQ(list.count(static_cast<Outcome>(i)), test.all[i]) << test.what << ", those left out included";
  }
}

TEST(CaseBound, LongReasonsGoBeforeCases) {
  const CaseList list = bounded({"s"}, drafts({10'000, 10'000, 0, 0, 0}, std::string(600, 'x')));
  const std::vector<Case>& cases = list.suites[0].cases;
  ASSERT_GT(cases.size(), 10'000U);
  ASSERT_LT(cases.size(), 12'000U) << "few that passed";
  EXPECT_EQ(cases.back().outcome, Outcome::kFailed);
  EXPECT_LT(cases.back().reason.size(), 150U) << "the last failure has a short one";
  EXPECT_EQ(cases[cases.size() - 10'000].reason, std::string(600, 'x')) << "the first has it whole";
  EXPECT_EQ(list.count(Outcome::kFailed), 10'000U);
  EXPECT_EQ(list.suites[0].left_out[1], 0U);
  EXPECT_EQ(list.notes.size(), 2U);
}

TEST(CaseBound, DetailsGoBeforeReasons) {
  std::vector<CaseDraft> made = drafts({1'000, 1'000, 0, 0, 0}, "because");
  const Result result = with_failures();
  RequirementResult wordy = result.requirements[1];
  wordy.statement = std::string(390, 'x');
  wordy.reading = wordy.source = wordy.statement;
  wordy.reason = wordy.statement;
  wordy.evidence.assign(3, {"none", {}, std::string(300, 'y'), "", std::string(300, 'z')});
  for (CaseDraft& draft : made)
    draft.detail = [&](CaseDetails& details) { return details.of_requirement(wordy, result); };
  made.front().is_run = true;
  const CaseList list = bounded({"s"}, std::move(made));
  const std::vector<Case>& cases = list.suites[0].cases;
  ASSERT_EQ(cases.size(), 2'000U);
  EXPECT_GT(cases[1'999].detail.size(), 3U) << "failed";
  EXPECT_TRUE(cases[999].detail.empty()) << "passed";
  EXPECT_EQ(cases[999].reason, "because");
  ASSERT_EQ(list.notes.size(), 1U);
  EXPECT_EQ(cases[0].detail.back(), list.notes[0]) << "the run says it";
}

/// What strangers tried: it made 84 MB.
Result forty_thousand_cases() {
  Result result = with_failures();
  const RequirementResult broken = result.requirements[1];
  const ScenarioResult failed = result.scenarios[1];
  for (int i = 0; i < 20'000; ++i) {
    const std::string number = std::to_string(i);
    result.requirements.push_back(broken);
    result.requirements.back().id = "X-" + number + std::string(300, '&');
    result.requirements.back().reason = std::string(3'000, '"');
    result.scenarios.push_back(failed);
    result.scenarios.back().id = "helodata/many/" + number;
    result.scenarios.back().file = std::string(3'000, '&');
    result.scenarios.back().reason = std::string(3'000, '"');
  }
  return result;
}

TEST(CaseBound, NoFormatExceedsIt) {
  Report report;
  report.results.push_back(forty_thousand_cases());
  const CaseList list = case_list(report);
  EXPECT_EQ(list.size(), case_list(Report{{with_failures()}, {}, {}, {}}).size() + 40'000U);
  ASSERT_EQ(list.notes.size(), 2U);

  const std::string junit = render_junit(report);
  EXPECT_LT(junit.size(), 16'000'000U);
  EXPECT_NE(junit.find("<testsuites name=\"pinproof\" tests=\"" + std::to_string(list.size()) + "\""),
            std::string::npos);
  EXPECT_NE(junit.find(list.notes[1]), std::string::npos);

  const std::string tap = render_tap(report);
  EXPECT_LT(tap.size(), 16'000'000U);
  EXPECT_NE(tap.find("\n# " + list.notes[1] + "\n"), std::string::npos);

  const std::string ctrf = render_ctrf(report);
  EXPECT_LT(ctrf.size(), 16'000'000U);
  EXPECT_NE(ctrf.find("\"tests\": " + std::to_string(list.size()) + ","), std::string::npos);
  EXPECT_NE(ctrf.find("\"failed\": " + std::to_string(list.count(Outcome::kFailed)) + ","), std::string::npos);
  EXPECT_NE(ctrf.find("\"" + list.notes[1] + "\""), std::string::npos);
}

}  // namespace
}  // namespace pinproof::reports
