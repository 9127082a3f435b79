// Every shipped scenario, played on the reference gateway in the simulator: the whole line of data from file to verdict, and from there to the
// history's file and back.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "conformance/run/read_back_testing.h"
#include "conformance/run/suite.h"
#include "conformance/scenario/store.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

const LoadedScenarios& shipped() {
  static const LoadedScenarios scenarios = load_scenarios(PINPROOF_SOURCE_DIR, shipped_catalogue());
  return scenarios;
}

reports::Result run(const std::vector<Scenario>& scenarios, const SimulatedTargetOptions& target) {
  SuiteOptions options;
  std::map<std::string, std::string> from_files;
  options.on_history = [&](const History& history) {
    from_files[history.header.scenario] = to_string(judged_from_its_file(history, shipped_catalogue()).verdict);
  };
  reports::Result result = run_suite(
      scenarios, shipped_catalogue(), [&](const std::string&) { return std::make_unique<SimulatedTarget>(target); },
      options);
  for (const reports::ScenarioResult& played : result.scenarios) {
    EXPECT_EQ(from_files[played.id], played.verdict) << played.id;
  }
  return result;
}

const std::set<std::string> kOfSockets{"crawlera/forwarding/broken-bytes", "crawlera/session/on-https",
                                       "helodata/forwarding/broken-bytes", "helodata/pin/on-https"};

class ShippedScenario : public testing::TestWithParam<std::string> {};

TEST_P(ShippedScenario, Passes) {
  const auto& all = shipped().scenarios;
  const auto found = std::find_if(all.begin(), all.end(), [](const Scenario& one) { return one.id == GetParam(); });
  ASSERT_NE(found, all.end());
  const reports::Result result = run({*found}, shipped_target_options_for(*found));
  const reports::ScenarioResult& played = result.scenarios.at(0);
  std::string exchanges;
  for (const auto& line : played.exchanges) exchanges += "\n  " + line.at + " " + line.text;
  // The simulator has no bytes and no TLS; the same scenarios are played over sockets (conformance/lab).
  if (played.verdict == "not_testable") {
    EXPECT_TRUE(played.reason == "needs wire" || played.reason == "needs tls") << played.reason;
    EXPECT_TRUE(kOfSockets.contains(played.id)) << played.id;
    return;
  }
  EXPECT_EQ(played.verdict, "pass") << played.reason << exchanges;
}

std::vector<std::string> ids() {
  std::vector<std::string> ids;
  for (const Scenario& scenario : shipped().scenarios) ids.push_back(scenario.id);
  return ids;
}

INSTANTIATE_TEST_SUITE_P(On, ShippedScenario, testing::ValuesIn(ids()), [](const auto& test) {
  std::string name;
  for (const char c : test.param) name += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
  return name;
});

TEST(ShippedScenarios, AllLoad) {
  for (const sim::InputError& error : shipped().errors) ADD_FAILURE() << error.message();
}

// The judge holds the gateway to what was promised, not to its rules.
TEST(ShippedScenarios, ACapOfThirtyOneMinutesBreaksThePromiseOfTheCap) {
  SimulatedTargetOptions options = shipped_target_options("helodata");
  ASSERT_EQ(options.rules.session.window.minutes_cap, 30U);
  options.rules.session.window.minutes_cap = 31;
  std::vector<Scenario> helodata;
  for (const Scenario& scenario : shipped().scenarios) {
    if (scenario.dialect == "helodata") helodata.push_back(scenario);
  }
  const reports::Result result = run(helodata, options);
  EXPECT_EQ(result.result, "fail");
  for (const reports::RequirementResult& row : result.requirements) {
    if (row.set != "core") continue;  // H-EXT-1 misses the error code of the name that was not refused
    EXPECT_EQ(row.verdict == "fail", row.id == "H-STK-6") << row.id << " is " << row.verdict << ": " << row.reason;
  }
}

}  // namespace
}  // namespace pinproof::conformance
