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
  for (const Result& result :
       {all_pass(), with_failures(), with_inconclusive(), partial(), interrupted(), only_setup_fail()}) {
    const std::string text = to_json(result);
    const auto parsed = parse_result(text);
    ASSERT_TRUE(std::holds_alternative<Result>(parsed)) << std::get<ResultError>(parsed).message();
    EXPECT_EQ(to_json(std::get<Result>(parsed)), text);
  }
}

TEST(ResultJson, HoldsALedgerOnlyWhereThereWasOne) {
  Result result = all_pass();
  EXPECT_EQ(to_json(result).find("\"ledger\""), std::string::npos);
  result.ledger = LedgerOutcome{"l.json", true, {{"scenario", "a/b/c", "pass", "", "fail", "r"}}};
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
  result.target = {"reference gateway", "sim", "0.1.0", "helodata"};
  result.readings = {{"over_cap", "clamp"}};
  result.statistics = {{"pass", 1}, {"fail", 0}};
  result.wall_seconds = 0.5;
  EXPECT_EQ(to_json(result), R"({
  "format": 1,
  "program": "pinproof",
  "version": "0.1.0",
  "result": "pass",
  "complete": true,
  "seed": 18446744073709551615,
  "set": "core",
  "target": {
    "name": "reference gateway",
    "kind": "sim",
    "version": "0.1.0",
    "rules": "helodata"
  },
  "readings": {
    "over_cap": "clamp"
  },
  "statistics": {
    "pass": 1,
    "fail": 0
  },
  "requirements": [],
  "scenarios": [],
  "histories": [],
  "volatile": {
    "wall_seconds": 0.5
  }
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
      {"version", "/format", 2, "at /format: found 2, expected 1"},
      {"stranger", "/colour", "red", "at /colour: found an unknown key, expected none but those of the schema"},
      {"type", "/seed", "7", "at /seed: found \"7\", expected an integer from 0"},
      {"negative", "/seed", -7, "at /seed: found -7, expected an integer from 0"},
      {"array", "/scenarios", 3, "at /scenarios: found 3, expected an array"},
      {"element", "/scenarios/0/title", nullptr, "at /scenarios/0/title: found null, expected a string"},
      {"member", "/statistics/pass", true, "at /statistics/pass: found true, expected an integer from 0"},
      {"boolean", "/complete", 1, "at /complete: found 1, expected true or false"},
      {"object", "/target", "sim", "at /target: found \"sim\", expected an object"},
  };
  for (const BadCase& test : cases) {
    auto json = nlohmann::ordered_json::parse(to_json(all_pass()));
    json[nlohmann::ordered_json::json_pointer(test.pointer)] = test.value;
    const auto parsed = parse_result(json.dump());
    ASSERT_TRUE(std::holds_alternative<ResultError>(parsed)) << test.name;
    EXPECT_EQ(std::get<ResultError>(parsed).message(), test.message) << test.name;
  }
}

TEST(ResultJson, SaysWhatIsMissingOrNoJson) {
  auto json = nlohmann::ordered_json::parse(to_json(all_pass()));
  json["scenarios"][0].erase("replay");
  EXPECT_EQ(std::get<ResultError>(parse_result(json.dump())).message(),
            "at /scenarios/0: found no \"replay\", expected it here");
  EXPECT_EQ(std::get<ResultError>(parse_result("{\"format\": 1,")).message(),
            "at byte 14: found text that is not JSON, expected a result of `pinproof run --json`");
  EXPECT_EQ(std::get<ResultError>(parse_result("[]")).message(), "found an array, expected an object");
}

}  // namespace
}  // namespace pinproof::reports
