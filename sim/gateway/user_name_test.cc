#include "sim/gateway/user_name.h"

#include <gtest/gtest.h>

#include <string>

#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {
namespace {

using namespace std::string_literals;

// "ok", or the status and code that the name is refused with.
std::string verdict(const Rules& rules, std::string_view name) {
  const UserNameGrammar grammar(rules.user_name, rules.session.window, rules.errors);
  const auto parsed = grammar.parse(name);
  if (const auto* error = std::get_if<const ErrorReply*>(&parsed))
    return std::to_string((*error)->status) + ' ' + (*error)->code;
  return "ok";
}

ProxyUser parsed(const Rules& rules, std::string_view name) {
  const UserNameGrammar grammar(rules.user_name, rules.session.window, rules.errors);
  return std::get<ProxyUser>(grammar.parse(name));
}

const char* const kMalformed = "400 bad-username";
const char* const kRegion = "400 unknown-region";
const char* const kState = "400 state-without-region";
const char* const kCity = "400 city-without-state";
const char* const kIncomplete = "400 session-incomplete";
const char* const kRange = "400 sesstime-out-of-range";

const std::string kBase = "helo_s1a2b3c4d5e-type-res-region-us";
const std::string kId32 = "abcdefghijklmnopqrstuvwxyz012345";

struct Row {
  std::string name;
  std::string expected;
};

const std::vector<Row> kRows = {
    // What the documentation shows.
    {"helo_s1a2b3c4d5e-type-res-region-us", "ok"},
    {"helo_s1a2b3c4d5e-type-res-region-us-session-job1-sesstime-30", "ok"},
    {"helo_s1a2b3c4d5e-type-res-region-de-session-abc-sesstime-30", "ok"},
    {"helo_s1a2b3c4d5e-type-mob-region-us", "ok"},
    {kBase + "-state-ca", "ok"},
    {kBase + "-state-ca-city-la", "ok"},
    {kBase + "-state-ca-city-la-asn-7922", "ok"},
    {kBase + "-asn-7922", "ok"},
    {kBase + "-state-ca-city-la-asn-7922-session-a-sesstime-1", "ok"},
    {kBase + "-state-idf", "ok"},
    // The prefix and the sub-user.
    {"", kMalformed},
    {"helo_", kMalformed},
    {"helo", kMalformed},
    {"s1a2b3c4d5e-type-res-region-us", kMalformed},
    {"HELO_s1a2b3c4d5e-type-res-region-us", kMalformed},
    {" helo_s1a2b3c4d5e-type-res-region-us", kMalformed},
    {"helo-s1a2b3c4d5e-type-res-region-us", kMalformed},
    {"helo_-type-res-region-us", kMalformed},
    {"helo_S1-type-res-region-us", kMalformed},
    {"helo_s1.x-type-res-region-us", kMalformed},
    {"helo_s1a2b3c4d5e", kMalformed},
    {"helo_s1a2b3c4d5e-", kMalformed},
    // The type.
    {"helo_s1a2b3c4d5e-region-us", kMalformed},
    {"helo_s1a2b3c4d5e-type-region-us", kMalformed},
    {"helo_s1a2b3c4d5e-type--region-us", kMalformed},
    {"helo_s1a2b3c4d5e-type-dc-region-us", kMalformed},
    {"helo_s1a2b3c4d5e-type-isp-region-us", kMalformed},
    {"helo_s1a2b3c4d5e-type-RES-region-us", kMalformed},
    // The region: two lower-case letters, and one that there is.
    {"helo_s1a2b3c4d5e-type-res", kMalformed},
    {"helo_s1a2b3c4d5e-type-res-region", kMalformed},
    {"helo_s1a2b3c4d5e-type-res-region-", kMalformed},
    {"helo_s1a2b3c4d5e-type-res-region-xx", kRegion},
    {"helo_s1a2b3c4d5e-type-res-region-usa", kRegion},
    {"helo_s1a2b3c4d5e-type-res-region-US", kRegion},
    {"helo_s1a2b3c4d5e-type-res-region-u", kRegion},
    {"helo_s1a2b3c4d5e-type-res-region-xx-session-a-sesstime-5", kRegion},
    // State needs region, city needs state.
    {"helo_s1a2b3c4d5e-type-res-state-ca", kState},
    {"helo_s1a2b3c4d5e-type-res-state-ca-city-la", kState},
    {"helo_s1a2b3c4d5e-type-res-state-ca-session-a-sesstime-5", kState},
    {kBase + "-city-la", kCity},
    {kBase + "-city-la-session-a-sesstime-5", kCity},
    {kBase + "-state-c", kMalformed},
    {kBase + "-state-cali", kMalformed},
    {kBase + "-state-CA", kMalformed},
    {kBase + "-state-c1", kMalformed},
    {kBase + "-state-ca-city-los angeles", kMalformed},
    {kBase + "-state-ca-city-s\xc3\xa3opaulo", kMalformed},
    {kBase + "-state-ca-city-", kMalformed},
    {kBase + "-asn-AS7922", kMalformed},
    {kBase + "-asn-", kMalformed},
    {kBase + "-asn-12345678901", kMalformed},
    // Order, repetition, unknown segments.
    {"helo_s1a2b3c4d5e-region-us-type-res", kMalformed},
    {kBase + "-city-la-state-ca", kMalformed},
    {kBase + "-sesstime-5-session-a", kMalformed},
    {kBase + "-session-a-sesstime-5-state-ca", kMalformed},
    {kBase + "-asn-7922-state-ca", kMalformed},
    {kBase + "-region-de", kMalformed},
    {kBase + "-session-a-session-b-sesstime-5", kMalformed},
    {kBase + "-session-a-sesstime-5-sesstime-6", kMalformed},
    {kBase + "-country-us", kMalformed},
    {"helo_s1a2b3c4d5e-type-res-country-us", kMalformed},
    {kBase + "-sessid-a-sesstime-5", kMalformed},
    {kBase + "-Session-a-sesstime-5", kMalformed},
    {kBase + "-session-a-sesstime-5-", kMalformed},
    {kBase + "-session-a-sesstime-5-x", kMalformed},
    {kBase + "--session-a-sesstime-5", kMalformed},
    // Session and sesstime come together (H-STK-9).
    {kBase + "-session-a", kIncomplete},
    {kBase + "-session-" + kId32, kIncomplete},
    {kBase + "-sesstime-5", kIncomplete},
    {kBase + "-session-a-sesstime", kMalformed},
    {kBase + "-session-sesstime-5", kMalformed},
    // The id: 1 to 32 of [a-z0-9] (H-STK-8).
    {kBase + "-session-a-sesstime-5", "ok"},
    {kBase + "-session-0-sesstime-5", "ok"},
    {kBase + "-session-" + kId32 + "-sesstime-5", "ok"},
    {kBase + "-session-" + kId32 + "6-sesstime-5", kMalformed},
    {kBase + "-session--sesstime-5", kMalformed},
    {kBase + "-session-Job1-sesstime-5", kMalformed},
    {kBase + "-session-job_1-sesstime-5", kMalformed},
    {kBase + "-session-job-1-sesstime-5", kMalformed},
    {kBase + "-session-job.1-sesstime-5", kMalformed},
    {kBase + "-session-job 1-sesstime-5", kMalformed},
    {kBase + "-session-job%31-sesstime-5", kMalformed},
    {kBase + "-session-j\xc3\xb6" + "b-sesstime-5", kMalformed},
    {kBase + "-session-job"s + '\0' + "1-sesstime-5", kMalformed},
    {kBase + "-session-job\t-sesstime-5", kMalformed},
    // Minutes: 1 to 30 residential (H-STK-6, H-STK-7).
    {kBase + "-session-a-sesstime-1", "ok"},
    {kBase + "-session-a-sesstime-29", "ok"},
    {kBase + "-session-a-sesstime-30", "ok"},
    {kBase + "-session-a-sesstime-31", kRange},
    {kBase + "-session-a-sesstime-99999", kRange},
    {kBase + "-session-a-sesstime-4294967297", kRange},
    {kBase + "-session-a-sesstime-18446744073709551617", kRange},
    {kBase + "-session-a-sesstime-99999999999999999999999999", kRange},
    {kBase + "-session-a-sesstime-0", kRange},
    {kBase + "-session-a-sesstime-00", kMalformed},
    {kBase + "-session-a-sesstime-05", kMalformed},
    {kBase + "-session-a-sesstime-030", kMalformed},
    {kBase + "-session-a-sesstime-", kMalformed},
    {kBase + "-session-a-sesstime--5", kMalformed},
    {kBase + "-session-a-sesstime-+5", kMalformed},
    {kBase + "-session-a-sesstime-5.5", kMalformed},
    {kBase + "-session-a-sesstime-5m", kMalformed},
    {kBase + "-session-a-sesstime-five", kMalformed},
    {kBase + "-session-a-sesstime- 5", kMalformed},
    {kBase + "-session-a-sesstime-\xd9\xa5", kMalformed},
    {kBase + "-session-a-sesstime-0x5", kMalformed},
    // No cap is promised for mobile.
    {"helo_s1a2b3c4d5e-type-mob-region-us-session-a-sesstime-31", "ok"},
    {"helo_s1a2b3c4d5e-type-mob-region-us-session-a-sesstime-1440", "ok"},
    {"helo_s1a2b3c4d5e-type-mob-region-us-session-a-sesstime-10080", "ok"},
    {"helo_s1a2b3c4d5e-type-mob-region-us-session-a-sesstime-10081", kRange},
    {"helo_s1a2b3c4d5e-type-mob-region-us-session-a-sesstime-0", kRange},
};

TEST(UserName, EveryFormHasItsStatusAndCode) {
  const Rules rules = shipped_rules("helodata");
  ASSERT_GE(kRows.size(), 60U);
  for (const Row& row : kRows) EXPECT_EQ(verdict(rules, row.name), row.expected) << row.name;
}

TEST(UserName, SaysWhatIsAskedFor) {
  const Rules rules = shipped_rules("helodata");
  const std::string name = kBase + "-state-ca-city-la-asn-7922-session-job1-sesstime-30";
  const ProxyUser user = parsed(rules, name);
  EXPECT_EQ(user.account, "s1a2b3c4d5e");
  EXPECT_EQ(user.session, "job1");
  EXPECT_TRUE(user.sticky);
  EXPECT_EQ(user.window, 30min);
  EXPECT_EQ(user.filter(), (ExitFilter{ExitType::kResidential, "us", "ca", "la", 7922}));
  EXPECT_FALSE(parsed(rules, kBase).sticky);
  EXPECT_EQ(parsed(rules, "helo_a1-type-mob-region-de").filter(), (ExitFilter{ExitType::kMobile, "de", "", "", {}}));
}

TEST(UserName, AnAsnThatNoExitCanHaveMatchesNone) {
  const std::string name = kBase + "-asn-9999999999";
  const ExitFilter filter = parsed(shipped_rules("helodata"), name).filter();
  Exit exit;
  exit.region = "us";
  exit.asn = 1410065407;  // the same modulo 2^32
  EXPECT_FALSE(filter.matches(exit));
}

TEST(UserName, OverCapIsRejectedClampedOrHonoured) {
  Rules rules = shipped_rules("helodata");
  const std::string name = kBase + "-session-a-sesstime-45";
  rules.session.window.over_cap = OverCap::kReject;
  EXPECT_EQ(verdict(rules, name), kRange);
  rules.session.window.over_cap = OverCap::kClamp;
  EXPECT_EQ(parsed(rules, name).window, 30min);
  EXPECT_EQ(parsed(rules, name).asked, 45min);
  rules.session.window.over_cap = OverCap::kHonour;
  EXPECT_EQ(parsed(rules, name).window, 45min);
}

TEST(UserName, TheNumbersOfTheWindowAreTheRules) {
  Rules rules = shipped_rules("helodata");
  rules.session.window.minutes_cap = 31;
  EXPECT_EQ(verdict(rules, kBase + "-session-a-sesstime-31"), "ok");
  rules.session.window.minutes_min = 2;
  EXPECT_EQ(verdict(rules, kBase + "-session-a-sesstime-1"), kRange);
  rules.session.window.minute = 50s;
  EXPECT_EQ(parsed(rules, kBase + "-session-a-sesstime-30").window, 25min);
  rules.session.window.capped = {ExitType::kMobile};
  EXPECT_EQ(verdict(rules, kBase + "-session-a-sesstime-32"), "ok");
  EXPECT_EQ(verdict(rules, "helo_a1-type-mob-region-us-session-a-sesstime-32"), kRange);
  rules.session.window.minutes_cap = 0;
  EXPECT_EQ(verdict(rules, "helo_a1-type-mob-region-us-session-a-sesstime-32"), "ok");
}

TEST(UserName, LeadingZerosAreAcceptedWhereTheRulesSaySo) {
  Rules rules = shipped_rules("helodata");
  rules.user_name.leading_zeros = true;
  EXPECT_EQ(parsed(rules, kBase + "-session-a-sesstime-05").window, 5min);
  EXPECT_EQ(verdict(rules, kBase + "-session-a-sesstime-031"), kRange);
}

TEST(UserName, MinutesMayLackWhereTheRulesHaveALength) {
  Rules rules = shipped_rules("helodata");
  rules.session.window.length = 10min;
  EXPECT_EQ(parsed(rules, kBase + "-session-a").window, 10min);
  EXPECT_EQ(parsed(rules, kBase + "-session-a-sesstime-5").window, 5min);
  EXPECT_EQ(verdict(rules, kBase + "-sesstime-5"), kIncomplete);
}

TEST(UserName, WithoutAListEveryRegionIsKnown) {
  Rules rules = shipped_rules("helodata");
  rules.user_name.regions.clear();
  EXPECT_EQ(verdict(rules, "helo_a1-type-res-region-xx"), "ok");
}

TEST(UserName, WithoutSegmentsTheWholeNameIsTheAccount) {
  const Rules rules = shipped_rules("crawlera");
  const ProxyUser user = parsed(rules, "labkeyone00000000000000000000000");
  EXPECT_EQ(user.account, "labkeyone00000000000000000000000");
  EXPECT_FALSE(user.sticky);
  EXPECT_EQ(user.filter(), ExitFilter{});
}

TEST(UserName, NothingThatAPeerSendsIsMoreThanRefused) {
  const Rules rules = shipped_rules("helodata");
  EXPECT_EQ(verdict(rules, kBase + "-session-" + std::string(48'000, 'a') + "-sesstime-5"), kMalformed);
  EXPECT_EQ(verdict(rules, kBase + "-session-a-sesstime-" + std::string(48'000, '9')), kRange);
  EXPECT_EQ(verdict(rules, "helo_" + std::string(48'000, '-')), kMalformed);
  EXPECT_EQ(verdict(rules, std::string(48'000, '\xff')), kMalformed);
}

}  // namespace
}  // namespace pinproof::sim
