// What a run gives as JSON is what the published schema says.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "conformance/catalogue/load.h"
#include "conformance/run/ledger.h"
#include "conformance/run/suite.h"
#include "conformance/scenario/schema_json.h"
#include "conformance/scenario/store.h"
#include "conformance/target/shipped_target_testing.h"
#include "reports/result_json.h"

namespace pinproof::conformance {
namespace {

const JsonSchema& schema() {
  static const JsonSchema kSchema(
      std::get<std::string>(read_text_file(std::string(PINPROOF_SOURCE_DIR) + "/scenarios/schema/result.schema.json")));
  return kSchema;
}

/// A run with all there can be in its result: a pass, a failure, what cannot be tested, histories, a ledger.
reports::Result full_run(const std::filesystem::path& histories) {
  LoadedScenarios shipped = load_scenarios(PINPROOF_SOURCE_DIR, shipped_catalogue());
  std::vector<Scenario> chosen;
  for (Scenario& one : shipped.scenarios) {
    const bool is_wanted = one.id == "helodata/sticky/thirty-minutes-accepted" || one.id == "helodata/pin/on-https" ||
                           one.id.starts_with("crawlera/session/");
    if (is_wanted) chosen.push_back(std::move(one));
  }
  SuiteOptions options;
  options.version = "0.1.0";
  options.histories = histories;
  options.implementation = {"Acme", "4.2", "gateway@acme.test", "https://acme.test/"};
  reports::Result result = run_suite(
      chosen, shipped_catalogue(),
      [](const std::string& dialect) {
        SimulatedTargetOptions target = shipped_target_options(dialect);
        target.rules.session.window.minutes_cap = 20;  // breaks H-STK-6
        return std::make_unique<SimulatedTarget>(std::move(target));
      },
      options);
  result.header = {"2026-11-22T11:30:00Z", 0.25};
  Ledger ledger;
  ledger.file = "acme.json";
  ledger.scenarios["helodata/pin/on-https"] = {Verdict::kNotTestable, "No TLS.", "2026-12-31"};
  ledger.requirements["H-STK-1"] = {Verdict::kFail, "It once did.", "2026-10-31"};
  result.ledger = compare(ledger, result, false, "2026-11-22");
  return result;
}

TEST(ResultSchema, AcceptsWhatARunGives) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "pinproof_result_schema_test";
  std::filesystem::create_directories(folder);
  const reports::Result result = full_run(folder);
  std::filesystem::remove_all(folder);
  ASSERT_FALSE(result.histories.empty());
  ASSERT_FALSE(result.ledger->differences.empty());
  ASSERT_FALSE(result.ledger->known.empty());
  const std::string text = reports::to_json(result);
  EXPECT_EQ(schema().complaint(text), std::nullopt);
  EXPECT_TRUE(std::holds_alternative<reports::Result>(reports::parse_result(text)));
}

TEST(ResultSchema, RefusesWhatTheReaderRefuses) {
  const std::string text = reports::to_json(full_run({}));
  const std::vector<std::pair<std::string, std::string>> edits = {
      {"\"format\": 2", "\"format\": 1"},
      {"\"set\": \"core\"", "\"set\": \"corn\""},
      {"\"provable\": true", "\"provable\": 1"},
      {"\"how_to_reproduce\"", "\"how\""},
      {"\"verdict\": \"pass\"", "\"verdict\": \"passed\""},
  };
  for (const auto& [from, to] : edits) {
    std::string edited = text;
    edited.replace(edited.find(from), from.size(), to);
    EXPECT_NE(schema().complaint(edited), std::nullopt) << to;
    EXPECT_TRUE(std::holds_alternative<reports::ResultError>(reports::parse_result(edited))) << to;
  }
}

}  // namespace
}  // namespace pinproof::conformance
