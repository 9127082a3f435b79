#include "reports/result_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <string>
#include <variant>
#include <vector>

#include "reports/result_testing.h"

namespace pinproof::reports {
namespace {

TEST(ResultJson, ReadsBackWhatItWrote) {
  for (const Result& result : {all_pass(), with_failures(), with_inconclusive(), partial(), interrupted(),
                               only_setup_fail(), with_ledger(), with_histories(), hostile()}) {
    const std::string text = to_json(result);
    const auto parsed = parse_result(text);
    ASSERT_TRUE(std::holds_alternative<Result>(parsed)) << std::get<ResultError>(parsed).message();
    EXPECT_EQ(to_json(std::get<Result>(parsed)), text);
  }
}

TEST(ResultJson, HoldsALedgerOnlyWhereThereWasOne) {
  Result result = all_pass();
  EXPECT_EQ(to_json(result).find("\"ledger\""), std::string::npos);
  result.ledger = LedgerOutcome{"l.json", true, {{"scenario", "a/b/c", "pass", "", "", "fail", "r"}}, {}};
  const std::string text = to_json(result);
  const auto parsed = parse_result(text);
  ASSERT_TRUE(std::holds_alternative<Result>(parsed)) << std::get<ResultError>(parsed).message();
  EXPECT_EQ(to_json(std::get<Result>(parsed)), text);
  EXPECT_EQ(std::get<Result>(parsed).ledger->differences.at(0).found, "fail");
  EXPECT_NE(text.find("\"narrowed\": true"), std::string::npos);
}

TEST(ResultJson, LiteralText) {
  Result result;
  result.version = "0.1.0";
  result.result = "pass";
  result.seed = 18446744073709551615ULL;
  result.set = "core";
  result.reproduce = "pinproof run";
  result.implementation = {"reference gateway", "0.1.0", "us@example.test", "https://example.test/"};
  result.target = {"reference gateway", "sim", "helodata", "virtual", 1.0, 250000};
  result.capabilities = {{"helodata", "wire", false}};
  result.readings = {{"helodata", "over_cap", "clamp", "the window is cut", true}};
  result.profiles = {{"helodata", "core", "pass", {{"pass", 2}}}};
  result.histories = {{"histories/a.jsonl", "e3b0", "helodata/a"}};
  result.statistics = {{"pass", 1}, {"fail", 0}};
  result.header = {"2026-11-22T11:30:00Z", 0.5};
  EXPECT_EQ(to_json(result), R"({
  "format": 2,
  "volatile": {
    "date": "2026-11-22T11:30:00Z",
    "wall_seconds": 0.5
  },
  "program": "pinproof",
  "version": "0.1.0",
  "result": "pass",
  "complete": true,
  "seed": 18446744073709551615,
  "set": "core",
  "how_to_reproduce": "pinproof run",
  "implementation": {
    "name": "reference gateway",
    "version": "0.1.0",
    "contact": "us@example.test",
    "url": "https://example.test/"
  },
  "target": {
    "name": "reference gateway",
    "kind": "sim",
    "rules": "helodata",
    "clock": "virtual",
    "clock_scale": 1.0,
    "tolerance_us": 250000
  },
  "capabilities": [
    {
      "dialect": "helodata",
      "name": "wire",
      "present": false
    }
  ],
  "readings": [
    {
      "dialect": "helodata",
      "name": "over_cap",
      "value": "clamp",
      "means": "the window is cut",
      "differs": true
    }
  ],
  "statistics": {
    "pass": 1,
    "fail": 0
  },
  "profiles": [
    {
      "dialect": "helodata",
      "set": "core",
      "result": "pass",
      "statistics": {
        "pass": 2
      }
    }
  ],
  "requirements": [],
  "scenarios": [],
  "histories": [
    {
      "file": "histories/a.jsonl",
      "sha256": "e3b0",
      "scenario": "helodata/a"
    }
  ]
}
)");
}

TEST(ResultJson, KeepsHostileTextHarmless) {
  const std::string text = to_json(hostile());
  for (const char c : text) ASSERT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << static_cast<int>(c);
  EXPECT_NE(text.find(R"(\u001b[2J)"), std::string::npos);
  EXPECT_NE(text.find(R"(\u202e)"), std::string::npos);
  ASSERT_TRUE(std::holds_alternative<Result>(parse_result(text)));
}

struct BadCase {
  std::string name;
  std::string pointer;  // of what is changed
  nlohmann::ordered_json value;
  std::string message;
};

TEST(ResultJson, SaysWhatIsWrong) {
  const std::vector<BadCase> cases = {
      {"version", "/format", 1, "at /format: found 1, expected 2, the version of results that this program reads"},
      {"version of far away", "/format", 4294967298,
       "at /format: found 4294967298, expected 2, the version of results that this program reads"},
      {"word", "/scenarios/0/verdict", "passed",
       "at /scenarios/0/verdict: found \"passed\", expected one of pass, fail, inconclusive, not_exercised, "
       "not_testable, not_supported, setup_fail, harness_error"},
      {"set", "/set", "corn", "at /set: found \"corn\", expected one of core, extended"},
      {"stranger", "/colour", "red", "at /colour: found an unknown key, expected none but those of the schema"},
      {"type", "/seed", "7", "at /seed: found \"7\", expected an integer from 0"},
      {"negative", "/seed", -7, "at /seed: found -7, expected an integer from 0"},
      {"array", "/scenarios", 3, "at /scenarios: found 3, expected an array"},
      {"element", "/scenarios/0/title", nullptr, "at /scenarios/0/title: found null, expected a string"},
      {"member", "/statistics/pass", true, "at /statistics/pass: found true, expected an integer from 0"},
      {"boolean", "/complete", 1, "at /complete: found 1, expected true or false"},
      {"object", "/target", "sim", "at /target: found \"sim\", expected an object"},
      {"time before it began", "/volatile/wall_seconds", -5,
       "at /volatile/wall_seconds: found -5, expected a number from 0 to 31622400"},
      {"time without end", "/volatile/wall_seconds", 1e300,
       "at /volatile/wall_seconds: found 1e+300, expected a number from 0 to 31622400"},
      {"more than a year", "/volatile/wall_seconds", 31622401,
       "at /volatile/wall_seconds: found 31622401, expected a number from 0 to 31622400"},
      {"a clock that stands", "/target/clock_scale", 0,
       "at /target/clock_scale: found 0, expected a number from 1e-06 to 1000000"},
      {"a clock that goes back", "/target/clock_scale", -1.5,
       "at /target/clock_scale: found -1.5, expected a number from 1e-06 to 1000000"},
      {"tolerance", "/target/tolerance_us", 18446744073709551615U,
       "at /target/tolerance_us: found 18446744073709551615, expected a number from 0 to 3162240000000000"},
      {"answer", "/scenarios/0/timing/p95_us", 3162240000000001,
       "at /scenarios/0/timing/p95_us: found 3162240000000001, expected a number from 0 to 3162240000000000"},
      {"answers", "/scenarios/0/timing/answers", 1000000000001,
       "at /scenarios/0/timing/answers: found 1000000000001, expected a number from 0 to 1000000000000"},
      {"count", "/statistics/pass", 18446744073709551615U,
       "at /statistics/pass: found 18446744073709551615, expected a number from 0 to 1000000000000"},
      {"count of a set", "/profiles/0/statistics/fail", 1000000000001,
       "at /profiles/0/statistics/fail: found 1000000000001, expected a number from 0 to 1000000000000"},
  };
  for (const BadCase& test : cases) {
    auto json = nlohmann::ordered_json::parse(to_json(all_pass()));
    json[nlohmann::ordered_json::json_pointer(test.pointer)] = test.value;
    const auto parsed = parse_result(json.dump());
    ASSERT_TRUE(std::holds_alternative<ResultError>(parsed)) << test.name;
    EXPECT_EQ(std::get<ResultError>(parsed).message(), test.message) << test.name;
  }
}

TEST(ResultJson, ReadsTheLongestRun) {
  Result result = all_pass();
  result.header.wall_seconds = 31'622'400;
  result.target.tolerance_us = 3'162'240'000'000'000;
  EXPECT_TRUE(std::holds_alternative<Result>(parse_result(to_json(result))));
}

TEST(ResultJson, SaysWhatIsMissingOrNoJson) {
  auto json = nlohmann::ordered_json::parse(to_json(all_pass()));
  json["scenarios"][0].erase("replay");
  EXPECT_EQ(std::get<ResultError>(parse_result(json.dump())).message(),
            "at /scenarios/0: found no \"replay\", expected it here");
  EXPECT_EQ(std::get<ResultError>(parse_result("{\"format\": 1,")).message(),
            "at byte 14: found text that is not JSON, expected a result of `pinproof run --json`");
  EXPECT_EQ(std::get<ResultError>(parse_result("{\"format\": 1e999}")).message(),
            "found a number that is too large for any, expected a result of `pinproof run --json`");
  EXPECT_EQ(std::get<ResultError>(parse_result("[]")).message(), "found an array, expected an object");
}

}  // namespace
}  // namespace pinproof::reports
