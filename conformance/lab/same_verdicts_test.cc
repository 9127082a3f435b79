// Every shipped scenario, over sockets and in the simulator: the same verdicts, scenario by scenario and requirement by requirement. What
// differs is a fault of the shell around the model, or of the client. And the same again from the history's file.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "conformance/catalogue/catalogue.h"
#include "conformance/lab/lab_target.h"
#include "conformance/run/read_back_testing.h"
#include "conformance/run/suite.h"
#include "conformance/scenario/store.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

using Verdicts = std::map<std::string, std::string>;

const std::vector<Scenario>& shipped() {
  static const LoadedScenarios loaded = load_scenarios(PINPROOF_SOURCE_DIR, shipped_catalogue());
  EXPECT_TRUE(loaded.errors.empty());
  return loaded.scenarios;
}

/// Scenarios that play on one gateway: of a dialect, under certain readings.
std::map<std::pair<std::string, Readings>, std::vector<Scenario>> by_gateway() {
  std::map<std::pair<std::string, Readings>, std::vector<Scenario>> gateways;
  for (const Scenario& scenario : shipped()) {
    gateways[{scenario.dialect, shipped_target_options_for(scenario).readings}].push_back(scenario);
  }
  return gateways;
}

template <class Make>
reports::Result run(const std::vector<Scenario>& scenarios, const SimulatedTargetOptions& options, Make make,
                    std::uint64_t seed) {
  SuiteOptions suite;
  suite.seed = seed;
  Verdicts from_files;
  suite.on_history = [&](const History& history) {
    from_files[history.header.scenario] = to_string(judged_from_its_file(history, shipped_catalogue()).verdict);
  };
  reports::Result result = run_suite(
      scenarios, shipped_catalogue(), [&](const std::string&) { return make(options); }, suite);
  for (const reports::ScenarioResult& played : result.scenarios) {
    EXPECT_EQ(from_files[played.id], played.verdict) << played.id;
  }
  return result;
}

std::unique_ptr<Target> simulated(const SimulatedTargetOptions& options) {
  return std::make_unique<SimulatedTarget>(options);
}

/// What the simulator cannot do at all.
bool is_of_sockets(const reports::ScenarioResult& played) {
  return played.verdict == "not_testable" && (played.reason == "needs wire" || played.reason == "needs tls");
}

std::string told(const reports::ScenarioResult& played) {
  std::string text = played.reason;
  for (const reports::ExchangeLine& line : played.exchanges) text += "\n  " + line.at + " " + line.text;
  return text;
}

class OnBoth : public testing::TestWithParam<std::uint64_t> {};

TEST_P(OnBoth, VerdictsAreTheSame) {
  std::size_t played = 0;
  std::size_t of_sockets = 0;
  for (const auto& [gateway, scenarios] : by_gateway()) {
    const SimulatedTargetOptions options = shipped_target_options_for(scenarios.front());
    const reports::Result sim = run(scenarios, options, simulated, GetParam());
    const reports::Result lab = run(scenarios, options, make_lab_target, GetParam());
    ASSERT_EQ(sim.scenarios.size(), lab.scenarios.size());
    for (std::size_t i = 0; i < sim.scenarios.size(); ++i) {
      ++played;
      const reports::ScenarioResult& on_sockets = lab.scenarios[i];
      if (is_of_sockets(sim.scenarios[i])) {
        ++of_sockets;
        EXPECT_EQ(on_sockets.verdict, "pass") << on_sockets.id << ": " << told(on_sockets);
      } else {
        EXPECT_EQ(on_sockets.verdict, sim.scenarios[i].verdict) << on_sockets.id << ": " << told(on_sockets);
      }
    }
    Verdicts on_sim;
    for (const reports::RequirementResult& row : sim.requirements) on_sim.emplace(row.id, row.verdict);
    for (const reports::RequirementResult& row : lab.requirements) {
      if (on_sim[row.id] == "not_testable") continue;
      EXPECT_EQ(row.verdict, on_sim[row.id]) << gateway.first << " " << row.id << ": " << row.reason;
    }
  }
  EXPECT_EQ(played, shipped().size());
  EXPECT_EQ(of_sockets, 4U);
}

INSTANTIATE_TEST_SUITE_P(Seed, OnBoth, testing::Values(1, 20'261'122));

}  // namespace
}  // namespace pinproof::conformance
