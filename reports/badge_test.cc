#include "reports/badge.h"

#include <gtest/gtest.h>

#include <string>

#include "reports/result_testing.h"
#include "reports/shields_json.h"

namespace pinproof::reports {
namespace {

Report of(Result result) {
  Report report;
  report.results.push_back(std::move(result));
  return report;
}

TEST(Badge, SaysWhatBecameOfTheSetThatDecides) {
  const struct {
    Result result;
    const char* message;
    const char* colour;
  } kExamples[] = {
      {all_pass(), "helodata core pass, crawlera core pass", "brightgreen"},
      {with_failures(), "helodata core 1 broken, crawlera core pass", "red"},
      {with_ledger(), "helodata core 1 broken, crawlera core pass", "red"},
      {with_inconclusive(), "helodata core pass, crawlera core inconclusive", "yellow"},
      {partial(), "helodata core partial, crawlera core pass", "yellow"},
      {interrupted(), "helodata core partial, crawlera core partial", "yellow"},
      {Result{}, "nothing tested", "lightgrey"},
  };
  for (const auto& one : kExamples) {
    const Badge badge = badge_of(of(one.result));
    EXPECT_EQ(badge.label, "pinproof");
    EXPECT_EQ(badge.message, one.message);
    EXPECT_EQ(badge.colour, one.colour) << one.message;
  }
}

TEST(Badge, SaysTheWorstOfADialectThatRanTwice) {
  Report report = of(all_pass());
  report.results.push_back(with_failures());
  report.results.push_back(all_pass());
  EXPECT_EQ(badge_of(report).message, "helodata core 1 broken, crawlera core pass");
}

TEST(Badge, NamesTheExtendedSetWhereItDecides) {
  Result result = all_pass();
  result.set = "extended";
  EXPECT_EQ(badge_of(of(result)).message, "helodata core pass, crawlera core pass, crawlera extended pass");
}

TEST(Badge, IsSvgThatNeedsNothingFromElsewhere) {
  const std::string svg = render_badge(of(with_failures()));
  EXPECT_TRUE(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" "));
  EXPECT_NE(svg.find("<title>pinproof: helodata core 1 broken, crawlera core pass</title>"), std::string::npos);
  EXPECT_NE(svg.find("aria-label=\"pinproof: helodata core 1 broken, crawlera core pass\""), std::string::npos);
  EXPECT_EQ(svg.find("http", svg.find("2000/svg")), std::string::npos);
  EXPECT_EQ(svg.find("href"), std::string::npos);
}

TEST(Shields, IsWhatTheEndpointReads) {
  EXPECT_EQ(render_shields(of(all_pass())),
            "{\n"
            "  \"schemaVersion\": 1,\n"
            "  \"label\": \"pinproof\",\n"
            "  \"message\": \"helodata core pass, crawlera core pass\",\n"
            "  \"color\": \"brightgreen\"\n"
            "}\n");
  EXPECT_NE(render_shields(of(with_failures())).find("\"isError\": true"), std::string::npos);
}

}  // namespace
}  // namespace pinproof::reports
