#include "reports/case_list.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "reports/result_testing.h"

namespace pinproof::reports {
namespace {

Report of(Result result) {
  Report report;
  report.results.push_back(std::move(result));
  return report;
}

/// "failed: …" of every case that did not pass, by "suite: name".
std::map<std::string, std::string> not_passed(const CaseList& list) {
  const char* const kWords[] = {"passed", "failed", "error", "skipped", "known"};
  std::map<std::string, std::string> cases;
  for (const Suite& suite : list.suites) {
    for (const Case& one : suite.cases) {
      if (one.outcome == Outcome::kPassed) continue;
      cases.emplace(suite.name + ": " + one.name,
                    std::string(kWords[static_cast<std::size_t>(one.outcome)]) + ": " + one.reason);
    }
  }
  return cases;
}

using Cases = std::map<std::string, std::string>;

TEST(CaseList, HasACaseForEveryRequirementScenarioAndRun) {
  const CaseList list = case_list(of(all_pass()));
  std::vector<std::string> names;
  for (const Suite& suite : list.suites) names.push_back(suite.name);
  EXPECT_EQ(names, (std::vector<std::string>{
                       "pinproof.run", "pinproof.requirements.helodata.core", "pinproof.requirements.crawlera.core",
                       "pinproof.requirements.crawlera.extended", "pinproof.requirements.both.core",
                       "pinproof.scenarios.helodata.sticky", "pinproof.scenarios.crawlera.sessions"}));
  EXPECT_EQ(list.size(), 10U);
  EXPECT_EQ(list.count(Outcome::kPassed), 10U);
  EXPECT_EQ(list.suites[1].cases[0].name, "H-STK-1 same exit within the window");
  EXPECT_EQ(list.suites[5].cases[1].name, "window-is-capped");
  EXPECT_EQ(list.suites[5].cases[1].file, "scenarios/helodata/sticky/window-is-capped.json");
}

TEST(CaseList, CountsABrokenPromiseOnce) {
  EXPECT_EQ(not_passed(case_list(of(with_failures()))),
            (Cases{{"pinproof.requirements.helodata.core: H-STK-6 a residential window ends within 30 minutes",
                    "failed: still pinned to 127.20.0.4 30m30s after the first request; at most 30m were promised"},
                   {"pinproof.requirements.helodata.core: H-PIN-10 no re-pin without a drop",
                    "skipped: fail, reported, never decides a run: 1 re-pin without a drop in 60 requests"},
                   {"pinproof.scenarios.helodata.sticky: window-is-capped",
                    "skipped: fail, counted at H-STK-6: H-STK-6 failed"},
                   {"pinproof.scenarios.crawlera.errors: bad-header", "failed: expected refused, got 200"}}));
}

TEST(CaseList, SkipsAScenarioWhosePromiseDoesNotDecide) {
  Result result = with_failures();
  for (ScenarioResult& row : result.scenarios) {
    if (row.id == "helodata/pins/quiet-hour") row.verdict = "fail";
  }
  EXPECT_EQ(not_passed(case_list(of(result))).at("pinproof.scenarios.helodata.pins: quiet-hour"),
            "skipped: fail, reported at H-PIN-10, which does not decide: ");
}

TEST(CaseList, NeverFoldsWhatIsNotKnownIntoAPassOrAFailure) {
  EXPECT_EQ(not_passed(case_list(of(partial()))),
            (Cases{{"pinproof.requirements.helodata.core: H-STK-1 same exit within the window",
                    "skipped: not_testable: needs exits: this target does not show which exit served a request"},
                   {"pinproof.requirements.crawlera.extended: C-EXT-1 version and session headers as documented",
                    "skipped: not_exercised: no scenario of this run speaks of it"},
                   {"pinproof.scenarios.helodata.sticky: holds-to-the-end", "skipped: not_testable: needs exits"}}));
  EXPECT_EQ(not_passed(case_list(of(with_inconclusive()))).at("pinproof.scenarios.crawlera.sessions: idle-expiry"),
            "skipped: inconclusive: C-SES-7 is inconclusive");
}

TEST(CaseList, MakesErrorsOfTrouble) {
  const Cases cases = not_passed(case_list(of(only_setup_fail())));
  EXPECT_EQ(cases.at("pinproof.scenarios.helodata.sticky: holds-to-the-end"),
            "error: /steps/0: expected served, got 503");
  EXPECT_EQ(cases.at("pinproof.scenarios.crawlera.sessions: idle-expiry"),
            "error: events_max reached: 50000000 events");
  EXPECT_EQ(not_passed(case_list(of(interrupted()))).at("pinproof.run: the run came to its end"),
            "error: interrupted: this is what was gathered until then");
  EXPECT_EQ(cases.at("pinproof.run: the run came to its end"), "error: nothing could be played to the end");
  EXPECT_EQ(not_passed(case_list(of(Result{}))),
            (Cases{{"pinproof.run: the run came to its end", "error: no scenario was played"}}));
}

TEST(CaseList, ObeysTheLedger) {
  EXPECT_EQ(
      not_passed(case_list(of(with_ledger()))),
      (Cases{
          {"pinproof.requirements.helodata.core: H-STK-6 a residential window ends within 30 minutes",
           "known: fail, known: Its cap is an hour."},
          {"pinproof.scenarios.helodata.sticky: window-is-capped",
           "known: fail, known: Its cap is an hour. (until 2026-12-31)"},
          {"pinproof.requirements.helodata.core: H-PIN-10 no re-pin without a drop",
           "failed: not as the ledger says: expected pass, found fail: 1 re-pin without a drop; the entry ran out on "
           "2026-10-31; expected because: Its pool is small."},
          {"pinproof.scenarios.helodata.sticky: holds-to-the-end",
           "failed: not as the ledger says: expected fail, found pass; expected because: It loses sessions at night."},
          {"pinproof.scenarios.crawlera.errors: bad-header",
           "failed: not as the ledger says: expected pass, found fail: expected refused, got 200"}}));
}

TEST(CaseList, GoesByScenarioWhereTheRunWasNarrowed) {
  Result result = with_failures();
  result.ledger = LedgerOutcome{"acme.json",
                                true,
                                {{"scenario", "helodata/sticky/window-is-capped", "pass", "", "", "fail", "capped"}},
                                {{"scenario", "crawlera/errors/bad-header", "fail", "It is lax.", ""}}};
  const Cases cases = not_passed(case_list(of(result)));
  EXPECT_EQ(
      cases.at("pinproof.requirements.helodata.core: H-STK-6 a residential window ends within 30 minutes"),
      "skipped: fail: still pinned to 127.20.0.4 30m30s after the first request; at most 30m were promised (the run "
      "was narrowed: the ledger goes by scenario)");
  EXPECT_EQ(cases.at("pinproof.scenarios.helodata.sticky: window-is-capped"),
            "failed: not as the ledger says: expected pass, found fail: capped");
  EXPECT_EQ(cases.at("pinproof.scenarios.crawlera.errors: bad-header"), "known: fail, known: It is lax.");
}

TEST(CaseList, FailsForWhatTheLedgerNamesAndNobodyPlayed) {
  Result result = all_pass();
  result.ledger = LedgerOutcome{
      "acme.json", false, {{"scenario", "helodata/pin/gone", "fail", "It never worked.", "", "not played", ""}}, {}};
  EXPECT_EQ(
      not_passed(case_list(of(result))),
      (Cases{{"pinproof.ledger: scenario helodata/pin/gone",
              "failed: not as the ledger says: expected fail, found not played; expected because: It never worked."}}));
}

TEST(CaseList, NamesAreUniqueWhateverTheResultSays) {
  Report report = of(all_pass());
  report.results.push_back(all_pass());
  Result third = all_pass();
  third.scenarios.push_back(third.scenarios[0]);
  third.target.name = "acme v1.2";
  report.results.push_back(third);
  std::set<std::pair<std::string, std::string>> names;
  const CaseList list = case_list(report);
  for (const Suite& suite : list.suites) {
    for (const Case& one : suite.cases) EXPECT_TRUE(names.emplace(suite.name, one.name).second) << one.name;
  }
  EXPECT_TRUE(names.contains({"reference-gateway.run", "the run came to its end"}));
  EXPECT_TRUE(names.contains({"reference-gateway-2.run", "the run came to its end"}));
  EXPECT_TRUE(names.contains({"acme-v1-2.scenarios.helodata.sticky", "holds-to-the-end (2)"}));
}

TEST(CaseList, SaysInDetailWhatShowsAFailure) {
  const CaseList list = case_list(of(with_failures()));
  EXPECT_EQ(list.suites[1].cases[1].detail,
            (std::vector<std::string>{
                "H-STK-6 (must): The gateway promises: a residential window ends within 30 minutes.",
                "source: derived, tests of renderers",
                "reading: over_cap=clamp",
                "fail: still pinned to 127.20.0.4 30m30s after the first request; at most 30m were promised",
                "helodata/sticky/window-is-capped",
                "  ▶ 0:00:00.000  client → GET site as {account}-session-job-sesstime-31 … 200 via 127.20.0.4",
                "    0:10:00.000  client → GET site as {account}-session-job-sesstime-31 … 200 via 127.20.0.4",
                "    0:20:00.000  client → GET site as {account}-session-job-sesstime-31 … 200 via 127.20.0.4",
                "    0:29:59.000  client → GET site as {account}-session-job-sesstime-31 … 200 via 127.20.0.4",
                "  ▶ 0:30:30.000  client → GET site as {account}-session-job-sesstime-31 … 200 via 127.20.0.4",
                "    0:31:00.000  client → GET site as {account}-session-job-sesstime-31 … 200 via 127.20.0.9",
                "  replay: tools/pinproof replay scenarios/helodata/sticky/window-is-capped.json --seed 7",
            }));
}

TEST(CaseList, ACommandIsWholeOrSaidToBeElsewhere) {
  Result result = all_pass();
  const std::string command = "pinproof run --filter '" + std::string(737, 'x') + "' --seed 7";
  result.reproduce = command;
  EXPECT_EQ(case_list(of(result)).suites[0].cases[0].detail.back(), "again: " + command);
  result.reproduce += std::string(1'000, 'x');
  EXPECT_EQ(case_list(of(result)).suites[0].cases[0].detail.back(),
            "again: the result has the command, as how_to_reproduce");
}

TEST(CaseList, KeepsDetailsSmall) {
  Result result = with_failures();
  ScenarioResult& own = result.scenarios.back();
  own.exchanges.assign(1000, {1, "0:00:00.000", std::string(5000, 'x'), true});
  const std::vector<Suite> suites = case_list(of(result)).suites;
  const std::vector<std::string>& detail = suites.back().cases.back().detail;
  std::size_t bytes = 0;
  for (const std::string& line : detail) bytes += line.size() + 1;
  EXPECT_LT(bytes, 9'000U);
  EXPECT_EQ(detail.back(), "… the rest is left out here; the result has it");
}

}  // namespace
}  // namespace pinproof::reports
