#include "sim/gateway/control_headers.h"

#include <gtest/gtest.h>

#include <string>

#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {
namespace {

constexpr std::string_view kRetries = "X-Crawlera-Max-Retries";
constexpr std::string_view kTimeout = "X-Crawlera-Timeout";
constexpr std::string_view kSession = "X-Crawlera-Session";
constexpr std::string_view kRegion = "X-Crawlera-Region";

TEST(ControlHeaders, WithoutAnyTheRulesAreTheAnswer) {
  const Rules rules = shipped_rules("crawlera");
  const auto control = read_control_headers(rules, {{"Accept", "*/*"}});
  ASSERT_TRUE(control);
  EXPECT_EQ(control->session, std::nullopt);
  EXPECT_EQ(control->region, std::nullopt);
  EXPECT_EQ(control->retries, std::nullopt);
  EXPECT_EQ(control->timeout, 30s);
}

TEST(ControlHeaders, AreRead) {
  const Rules rules = shipped_rules("crawlera");
  const Headers headers{{"x-crawlera-session", "create"}, {kRetries, "5"}, {kTimeout, "180000"}};
  const auto control = read_control_headers(rules, headers);
  ASSERT_TRUE(control);
  EXPECT_EQ(control->session, "create");
  EXPECT_EQ(control->retries, 5U);
  EXPECT_EQ(control->timeout, 180s);
  EXPECT_EQ(read_control_headers(rules, {{kRegion, "de"}})->region, "de");
}

TEST(ControlHeaders, MalformedOnesAreRefused) {
  const Rules rules = shipped_rules("crawlera");
  const Headers rows[] = {
      {{kRetries, ""}},
      {{kRetries, "-1"}},
      {{kRetries, "+1"}},
      {{kRetries, " 1"}},
      {{kRetries, "1 "}},
      {{kRetries, "1.0"}},
      {{kRetries, "one"}},
      {{kRetries, "0x1"}},
      {{kRetries, "6"}},
      {{kRetries, "4294967297"}},
      {{kRetries, "99999999999999999999"}},
      {{kRetries, "1"}, {kRetries, "1"}},
      {{kTimeout, ""}},
      {{kTimeout, "29999"}},
      {{kTimeout, "180001"}},
      {{kTimeout, "30s"}},
      {{kTimeout, "30000"}, {kTimeout, "30000"}},
      {{kSession, "1"}, {kSession, "2"}},
      {{kSession, "create"}, {kRegion, "us"}},
  };
  for (const Headers& headers : rows) {
    std::string shown;
    for (const auto field : headers) shown += std::string(field.name) + ": " + std::string(field.value) + "\n";
    EXPECT_FALSE(read_control_headers(rules, headers)) << shown;
  }
}

TEST(ControlHeaders, TheNumberMayCountAttempts) {
  Rules rules = shipped_rules("crawlera");
  rules.retries.header_counts_attempts = true;
  EXPECT_EQ(read_control_headers(rules, {{kRetries, "0"}})->retries, 0U);
  EXPECT_EQ(read_control_headers(rules, {{kRetries, "1"}})->retries, 0U);
  EXPECT_EQ(read_control_headers(rules, {{kRetries, "3"}})->retries, 2U);
}

TEST(ControlHeaders, LimitsAreTheRules) {
  Rules rules = shipped_rules("crawlera");
  rules.retries.header_max = 1;
  EXPECT_FALSE(read_control_headers(rules, {{kRetries, "2"}}));
  rules.forwarding.timeout_min = 1s;
  rules.forwarding.timeout_max = 2s;
  EXPECT_EQ(read_control_headers(rules, {{kTimeout, "1000"}})->timeout, 1s);
  EXPECT_FALSE(read_control_headers(rules, {{kTimeout, "2001"}}));
}

TEST(ControlHeaders, ANameThatTheDialectLacksIsNotUnderstood) {
  const Rules rules = shipped_rules("helodata");
  const auto control = read_control_headers(rules, {{kRetries, "junk"}, {kSession, "create"}, {"", "x"}});
  ASSERT_TRUE(control);
  EXPECT_EQ(control->session, std::nullopt);
  EXPECT_EQ(control->retries, std::nullopt);
}

}  // namespace
}  // namespace pinproof::sim
