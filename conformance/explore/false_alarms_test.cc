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
#include "conformance/lab/lab_target.h"
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

Scenario scenario_of(const std::filesystem::path& file) {
  const auto text = read_text_file(file.string());
  const auto* const content = std::get_if<std::string>(&text);
  EXPECT_NE(content, nullptr);
  auto parsed = parse_scenario(file.string(), content ? *content : "", shipped_catalogue());
  if (const auto* const error = std::get_if<sim::InputError>(&parsed)) {
    ADD_FAILURE() << error->message();
    return {};
  }
  return std::get<Scenario>(std::move(parsed));
}

// Which exits are picked decides some of them.
void expect_no_failure(const Scenario& scenario, Target& target, std::uint64_t seeds) {
  CasePlayer player(shipped_catalogue(), target);
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Judgement judgement = player.play_strictly(scenario, seed);
    EXPECT_NE(judgement.verdict, Verdict::kSetupFail) << judgement.reason;
    for (const Finding& finding : judgement.findings)
      EXPECT_NE(finding.verdict, Verdict::kFail)
          << "seed " << seed << ", " << finding.requirement << ": " << finding.reason;
  }
}

TEST_P(FalseAlarms, AreNoneAnyMore) {
  const Scenario scenario = scenario_of(GetParam());
  SimulatedTarget target(shipped_target_options(scenario.dialect));
  expect_no_failure(scenario, target, 20);
}

TEST_P(FalseAlarms, NorOnSockets) {
  const Scenario scenario = scenario_of(GetParam());
  const auto target = make_lab_target(shipped_target_options(scenario.dialect));
  expect_no_failure(scenario, *target, 3);
}

INSTANTIATE_TEST_SUITE_P(Explore, FalseAlarms, testing::ValuesIn(files()), [](const auto& param) {
  std::string name = param.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace pinproof::conformance
