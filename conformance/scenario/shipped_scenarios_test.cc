// The scenarios that ship all load, by the parser and by the schema, and leave no requirement alone that a scenario
// can speak for.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "conformance/catalogue/load.h"
#include "conformance/scenario/scenario_testing.h"
#include "conformance/scenario/schema_json.h"
#include "conformance/scenario/store.h"

namespace pinproof::conformance {
namespace {

const LoadedScenarios& shipped() {
  static const LoadedScenarios loaded = load_scenarios(PINPROOF_SOURCE_DIR, shipped_catalogue());
  return loaded;
}

TEST(ShippedScenarios, all_load) {
  for (const sim::InputError& error : shipped().errors) ADD_FAILURE() << error.message();
  std::map<std::string, int> count;
  for (const Scenario& scenario : shipped().scenarios) ++count[scenario.dialect];
  EXPECT_GE(count["helodata"], 30);
  EXPECT_GE(count["crawlera"], 30);
}

TEST(ShippedScenarios, are_valid_by_the_schema) {
  const JsonSchema schema(shipped_scenario_schema());
  for (const Scenario& scenario : shipped().scenarios) {
    const auto text = read_text_file(scenario.file);
    ASSERT_TRUE(std::holds_alternative<std::string>(text)) << scenario.file;
    EXPECT_EQ(schema.complaint(std::get<std::string>(text)), std::nullopt) << scenario.file;
  }
}

TEST(ShippedScenarios, are_written_back_the_same_and_valid) {
  const JsonSchema schema(shipped_scenario_schema());
  for (const Scenario& scenario : shipped().scenarios) {
    const std::string text = scenario_to_json(scenario);
    EXPECT_EQ(schema.complaint(text), std::nullopt) << text;
    auto again = parse_scenario(scenario.file, text, shipped_catalogue());
    ASSERT_TRUE(std::holds_alternative<Scenario>(again)) << std::get<sim::InputError>(again).message();
    EXPECT_EQ(std::get<Scenario>(again), scenario) << text;
  }
}

TEST(ShippedScenarios, have_titles_of_their_own) {
  std::map<std::string, std::string> titles;
  for (const Scenario& scenario : shipped().scenarios) {
    const auto [entry, is_new] = titles.emplace(scenario.dialect + " " + scenario.title, scenario.id);
    EXPECT_TRUE(is_new) << scenario.id << " and " << entry->second << " have the title \"" << scenario.title << '"';
  }
}

void collect(const std::vector<Expectation>& expectations, std::set<std::string>& into) {
  for (const Expectation& expectation : expectations) into.insert(expectation.requirement);
}

void collect(const Submission& submission, std::set<std::string>& into) {
  std::visit([&](const auto& step) { collect(step.expect, into); }, submission);
}

/// The requirements that some expectation of the scenario asserts.
std::set<std::string> asserted(const Scenario& scenario) {
  std::set<std::string> ids;
  for (const Step& step : scenario.steps) {
    if (const auto* done = std::get_if<DoStep>(&step.what)) collect(done->what, ids);
    if (const auto* awaited = std::get_if<AwaitStep>(&step.what)) collect(awaited->expect, ids);
    if (const auto* checked = std::get_if<ExpectStep>(&step.what)) collect(checked->expect, ids);
    if (const auto* group = std::get_if<ParallelStep>(&step.what)) {
      collect(group->expect, ids);
      for (const Submission& submission : group->what) collect(submission, ids);
    }
  }
  ids.erase("");
  return ids;
}

// Billing shows in a list of sessions, or in headers: either is right, which no expectation can say, and the monitor holds to account whichever
// is there (H-NOT-1).
const std::set<std::string> kLeftToTheMonitor{"helodata/usage/bytes-billed"};

TEST(ShippedScenarios, assert_every_requirement_that_they_name) {
  for (const Scenario& scenario : shipped().scenarios) {
    if (kLeftToTheMonitor.contains(scenario.id)) {
      EXPECT_TRUE(asserted(scenario).empty()) << scenario.id << " asserts something, and needs no exception";
      continue;
    }
    EXPECT_EQ(asserted(scenario), std::set<std::string>(scenario.requirements.begin(), scenario.requirements.end()))
        << scenario.id;
  }
}

TEST(ShippedScenarios, speak_for_every_requirement_that_one_can) {
  std::set<std::string> spoken_for;
  for (const Scenario& scenario : shipped().scenarios) {
    spoken_for.insert(scenario.requirements.begin(), scenario.requirements.end());
  }
  std::set<std::string> missing;
  for (const Requirement& requirement : shipped_catalogue().requirements) {
    const bool needs_bytes = requirement.needs.has(Capability::kWire) || requirement.needs.has(Capability::kTls);
    if (!needs_bytes && requirement.untestable.empty() && !spoken_for.contains(requirement.id))
      missing.insert(requirement.id);
  }
  // G-2 compares two plays of one input, and G-3 is about bytes that no scenario step can send.
  EXPECT_THAT(missing, testing::IsSubsetOf({"G-2", "G-3"}));
}

}  // namespace
}  // namespace pinproof::conformance
