#include "reports/html/html_report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "reports/html/html_testing.h"
#include "reports/result_testing.h"
#include "reports/snapshot_testing.h"
#include "reports/well_formed_testing.h"

namespace pinproof::reports {
namespace {

using namespace std::string_literals;

std::string emptied(std::string page, const std::string& tag) {
  const std::size_t from = page.find("<" + tag + ">") + tag.size() + 2;
  return page.erase(from, page.find("</" + tag + ">") - from);
}

/// The page without its own style sheet and script, whose digests vary with them.
std::string skeleton(const std::string& page) {
  static const std::regex kDigest("sha256-[A-Za-z0-9+/=]+");
  return std::regex_replace(emptied(emptied(page, "style"), "script"), kDigest, "sha256-…");
}

/// The page is written so that it is XML too, but for its first words.
std::string wrong_with(const std::string& page) {
  const std::string doctype = "<!doctype html>";
  return page.starts_with(doctype) ? what_is_wrong_with_xml(page.substr(doctype.size())) : "no doctype";
}

std::size_t occurrences(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++count;
  return count;
}

std::vector<std::string> all_matches(const std::string& text, const std::regex& pattern) {
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) found.push_back((*at)[1]);
  return found;
}

TEST(HtmlReport, ReadsLikeThis) { expect_snapshot("report.html", skeleton(render_html(full_report()))); }

TEST(HtmlReport, SaysFirstWhetherItConformsAndWhereNot) {
  Report report;
  report.results = {with_failures()};
  const std::string page = render_html(report);
  const std::size_t answer = page.find("Does not conform");
  EXPECT_LT(answer, page.find("Where it does not conform"));
  EXPECT_LT(page.find("Where it does not conform"), page.find("How we know"));
  EXPECT_LT(page.find("How we know"), page.find("Promises, one by one"));
  EXPECT_EQ(wrong_with(skeleton(page)), "");
}

TEST(HtmlReport, IsWellFormedForEveryKindOfResult) {
  for (const Result& result : {all_pass(), with_failures(), with_inconclusive(), partial(), interrupted(),
                               only_setup_fail(), with_ledger(), with_histories(), hostile()}) {
    Report report;
    report.results = {result};
    EXPECT_EQ(wrong_with(skeleton(render_html(report))), "") << result.result;
  }
  Report matrix_only;
  matrix_only.matrix = full_report().matrix;
  EXPECT_EQ(wrong_with(skeleton(render_html(matrix_only))), "");
}

TEST(HtmlReport, LetsNothingHostileAct) {
  const std::string attacks[] = {"<script>alert(1)</script>",
                                 "\"><img src=x onerror=alert(1)>",
                                 "' onload='alert(1)",
                                 "</style></script></title></svg><iframe src=https://evil.test>",
                                 "]]><!-- --!> &#60;script&#62; javascript:alert(1)",
                                 "\0\x1b[2J\xff\xe2\x80\xae"s};
  for (const std::string& attack : attacks) {
    Report report = full_report();
    poison(report, attack);
    const std::string page = skeleton(render_html(report));
    EXPECT_EQ(wrong_with(page), "") << attack;
    EXPECT_EQ(occurrences(page, "<script"), 1U) << attack;
    EXPECT_EQ(occurrences(page, "<style"), 1U) << attack;
    for (const char* const forbidden : {"<img", "<iframe", "<object", "<link", " onerror=\"", " onload=\"", " style=\"",
                                        "href=\"javascript", "href=\"http", "src=\"", "url("})
      EXPECT_EQ(occurrences(page, forbidden), 0U) << forbidden << " with " << attack;
    for (const char c : {'\0', '\x1b', '\xff'}) EXPECT_EQ(page.find(c), std::string::npos);
  }
}

TEST(HtmlReport, LetsOnlyItsOwnStyleAndScriptIn) {
  Report report;
  report.results = {all_pass()};
  const std::string page = render_html(report);
  const std::regex policy(
      "http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; "
      "style-src &#39;sha256-[A-Za-z0-9+/]{43}=&#39;; script-src &#39;sha256-[A-Za-z0-9+/]{43}=&#39;; "
      "base-uri &#39;none&#39;; form-action &#39;none&#39;\"");
  EXPECT_TRUE(std::regex_search(page.substr(0, 1000), policy));
}

TEST(HtmlReport, HasAnchorsThatAreThereAndOnce) {
  Report report = full_report();
  report.results.push_back(with_inconclusive());  // a second run, whose ids are the same
  const std::string page = skeleton(render_html(report));
  const std::vector<std::string> ids = all_matches(page, std::regex(" id=\"([^\"]+)\""));
  const std::set<std::string> unique(ids.begin(), ids.end());
  EXPECT_EQ(unique.size(), ids.size());
  EXPECT_TRUE(unique.contains("requirement-H-STK-1"));
  EXPECT_TRUE(unique.contains("run-2-requirement-H-STK-1"));
  for (const std::string& target : all_matches(page, std::regex("href=\"#([^\"]+)\"")))
    EXPECT_TRUE(unique.contains(target)) << target;
}

TEST(HtmlReport, MarksWhereAPromiseWasBroken) {
  const std::string page = render_html(full_report());
  EXPECT_EQ(occurrences(page, "class=\"ring\""), 1U);
  EXPECT_NE(page.find("class=\"flag tone-bad"), std::string::npos);
  EXPECT_NE(page.find(" is broken here: "), std::string::npos);
  EXPECT_NE(page.find("×1200 ✕3"), std::string::npos);
  EXPECT_NE(page.find("1,200 of 1,205 exchanges are counted"), std::string::npos);
}

TEST(HtmlReport, GivesTheSameBytesAgain) { EXPECT_EQ(render_html(full_report()), render_html(full_report())); }

TEST(HtmlReport, SetsApartWhatCouldNotBeTried) {
  Report report;
  report.results = {only_setup_fail()};
  const std::string page = skeleton(render_html(report));
  EXPECT_NE(
      page.find("<span class=\"badge tone-untried\"><span class=\"symbol\" aria-hidden=\"true\">!</span> setup fail"),
      std::string::npos);
  EXPECT_EQ(page.find("<span class=\"badge tone-bad\"><span class=\"symbol\" aria-hidden=\"true\">!</span>"),
            std::string::npos);
  report.results = {all_pass()};
  report.results[0].requirements[0].verdict = "setup_fail";
  EXPECT_NE(render_html(report).find("<line class=\"hatch tone-untried\""), std::string::npos);
}

TEST(HtmlReport, CountsEachPromiseOnce) {
  Report report;
  report.results = {all_pass()};
  report.results[0].requirements[1].verdict = "not_testable";
  report.results[0].requirements[1].provable = false;
  const std::string page = skeleton(render_html(report));
  EXPECT_NE(page.find("✓</span> Conforms: 4 promises held</h1>"), std::string::npos);
  EXPECT_NE(page.find("Of 4 promises that decide, each counted once: 4 held."), std::string::npos);
  // Helodata's own, Crawlera's own, and what is of both: 2 + 1 + 1. The extended set decides nothing.
  EXPECT_EQ(all_matches(page, std::regex("<strong>(\\d+</strong> of \\d+)")),
            (std::vector<std::string>{"2</strong> of 2", "1</strong> of 1", "1</strong> of 1", "1</strong> of 1"}));
  EXPECT_EQ(occurrences(page, "1 not shown by any run"), 1U);
  EXPECT_EQ(occurrences(page, "Promised in both dialects, and counted once, here."), 1U);
  EXPECT_EQ(occurrences(page, "Not counted above: it decides only with --set extended."), 1U);
}

TEST(HtmlReport, SaysThatADeviationIsWrongOnPurpose) {
  Report report;
  report.results = {with_failures()};
  report.results[0].target.rules = "helodata-repin-silent";
  report.results[0].reproduce = "pinproof run --deviate helodata-repin-silent --seed 7";
  const std::string page = render_html(report);
  EXPECT_NE(
      page.find("<title>reference gateway 0.1.0, deviation helodata-repin-silent (wrong on purpose): Does not conform"),
      std::string::npos);
  EXPECT_NE(page.find("Does not conform: 1 promise is broken (a deviation, wrong on purpose)</h1>"), std::string::npos);
}

TEST(HtmlReport, LinksToNoExchangeThatItDoesNotShow) {
  Report report = full_report();
  RequirementResult* broken = nullptr;
  for (RequirementResult& row : report.results[0].requirements) {
    if (row.id == "H-STK-6") broken = &row;
  }
  broken->evidence.front().observations.insert(broken->evidence.front().observations.begin(), 4711);
  const std::string page = skeleton(render_html(report));
  EXPECT_NE(page.find("<span>4711</span>, "), std::string::npos);
  EXPECT_EQ(page.find("href=\"#exchange-4711"), std::string::npos);
  EXPECT_NE(page.find("href=\"#exchange-5-helodata/sticky/window-is-capped\""), std::string::npos);
}

TEST(HtmlReport, StaysUsableWithTenThousandVerdicts) {
  const Report report = huge_report(10'000, 1000, 600);
  const std::string page = render_html(report);
  EXPECT_LT(page.size(), 16U << 20U);
  // Room for timelines is what lines for all the others leave.
  EXPECT_GE(occurrences(page, "<svg class=\"timeline\""), 5U);
  EXPECT_EQ(occurrences(page, "class=\"entry "), 20'000U);
  EXPECT_NE(page.find("are told in one line each; result.json has all of them in whole."), std::string::npos);
}

TEST(HtmlReport, StaysWithinItsBoundWhateverTheResultHolds) {
  for (const std::size_t length : {400U}) {
    const std::string attack = "<\"'&\x1b\xff" + std::string(length, '"');
    Report report;
    report.results = {ten_thousand_failures()};
    poison(report, attack);
    report.comparison = compare(all_pass(), report.results[0]);
    ASSERT_GT(report.comparison->changes.size(), 30'000U);
    const std::string page = skeleton(render_html(report));
    EXPECT_LT(page.size(), 16U << 20U) << length;
    EXPECT_EQ(wrong_with(page), "") << length;
    EXPECT_NE(page.find("To keep this page small, "), std::string::npos) << length;
    EXPECT_NE(page.find(" more added; result.json has them"), std::string::npos) << length;
  }
}

TEST(HtmlReport, ListsSomeOfEachKindOfChange) {
  Report report;
  report.results = {ten_thousand_failures()};
  report.comparison = compare(all_pass(), report.results[0]);
  const std::string page = skeleton(render_html(report));
  EXPECT_LT(page.size(), 16U << 20U);
  EXPECT_EQ(occurrences(page, "<td>broken</td>"), 3U);
  EXPECT_EQ(occurrences(page, "<td>added</td>"), 100U);
  EXPECT_NE(page.find("… 29,902 more added; result.json has them"), std::string::npos);
}

}  // namespace
}  // namespace pinproof::reports
