// Cases in which the judge once failed the reference gateway, found by searching it: what they show is no broken promise. One a file in
// testdata/, shrunk as `pinproof explore` left them.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "conformance/catalogue/load.h"
#include "conformance/explore/case_player.h"
#include "conformance/explore/explore_testing.h"
#include "conformance/scenario/scenario_json.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

std::vector<std::filesystem::path> files() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(PINPROOF_SOURCE_DIR) + "/conformance/explore/testdata"))
    found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

class FalseAlarms : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(FalseAlarms, AreNoneAnyMore) {
  const auto text = read_text_file(GetParam().string());
  ASSERT_TRUE(std::holds_alternative<std::string>(text));
  const auto parsed = parse_scenario(GetParam().string(), std::get<std::string>(text), shipped_catalogue());
  const auto* const error = std::get_if<sim::InputError>(&parsed);
  ASSERT_EQ(error, nullptr) << error->message();
  const auto& scenario = std::get<Scenario>(parsed);
  SimulatedTarget target(shipped_target_options(scenario.dialect));
  CasePlayer player(shipped_catalogue(), target);
  // Which exits are picked decides some of them.
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Judgement judgement = player.play_strictly(scenario, seed);
    EXPECT_NE(judgement.verdict, Verdict::kSetupFail) << judgement.reason;
    for (const Finding& finding : judgement.findings)
      EXPECT_NE(finding.verdict, Verdict::kFail)
          << "seed " << seed << ", " << finding.requirement << ": " << finding.reason;
  }
}

INSTANTIATE_TEST_SUITE_P(Explore, FalseAlarms, testing::ValuesIn(files()), [](const auto& param) {
  std::string name = param.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace pinproof::conformance
