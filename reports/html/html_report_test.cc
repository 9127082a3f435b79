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

TEST(HtmlReport, StaysUsableWithTenThousandVerdicts) {
  const Report report = huge_report(10'000, 1000, 600);
  const std::string page = render_html(report);
  EXPECT_LT(page.size(), 25U << 20U);
  // The budget of 12,000 marks is for 19 timelines of 607.
  EXPECT_EQ(occurrences(page, "<svg class=\"timeline\""), 19U);
  EXPECT_EQ(occurrences(page, "Not drawn, to keep this page small"), 981U);
}

}  // namespace
}  // namespace pinproof::reports
