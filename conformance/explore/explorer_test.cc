#include "conformance/explore/explorer.h"

#include <gtest/gtest.h>

#include <chrono>

#include "conformance/explore/exploration_json.h"
#include "conformance/explore/explore_testing.h"
#include "conformance/scenario/scenario_json.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

ExploreOptions search(std::uint64_t seed, std::uint64_t cases) {
  ExploreOptions options;
  options.seed = seed;
  options.cases = cases;
  options.program = "pinproof test";
  options.ignored = shipped_catalogue().minor();
  return options;
}

std::string json_of(const Exploration& exploration, const ExploreOptions& options, const std::string& dialect) {
  ExploreResult result;
  result.search.seed = options.seed;
  result.dialects.push_back({dialect, boundary_names(world_of(dialect)), exploration, {}});
  return to_json(result);
}

struct Wrong {
  const char* deviation;
  const char* requirement;
  std::size_t steps;  // of the shortest scenario there is, one more allowed
};

class WrongGateways : public testing::TestWithParam<Wrong> {};

TEST_P(WrongGateways, AreFoundAndConfirmed) {
  ExploreOptions options = search(3, 5'000);
  options.wanted = {GetParam().requirement};
  const Exploration found = explore(simulated(wrong_gateway(GetParam().deviation)), shipped_catalogue(), options);
  ASSERT_EQ(found.counterexamples.size(), 1U);
  const Counterexample& one = found.counterexamples.front();
  EXPECT_EQ(one.requirement, GetParam().requirement);
  EXPECT_TRUE(one.confirmed);
  EXPECT_LE(one.scenario.steps.size(), GetParam().steps + 1) << told(one.scenario);
  // The file that it becomes is the scenario that was confirmed.
  const auto read = parse_scenario("", scenario_to_json(one.scenario), shipped_catalogue());
  ASSERT_TRUE(std::holds_alternative<Scenario>(read)) << std::get<sim::InputError>(read).message();
  EXPECT_EQ(std::get<Scenario>(read), one.scenario);
}

INSTANTIATE_TEST_SUITE_P(
    Explore, WrongGateways,
    testing::Values(Wrong{"helodata-key-has-the-method", "H-STK-2", 2},
                    Wrong{"helodata-expiry-announced", "H-STK-5", 3}, Wrong{"helodata-repin-silent", "H-PIN-2", 3},
                    Wrong{"helodata-any-password", "H-AUT-1", 1}, Wrong{"helodata-id-of-33", "H-STK-8", 1},
                    Wrong{"crawlera-created-id-untold", "C-SES-1", 1}, Wrong{"crawlera-cap-of-5001", "C-SES-9", 2},
                    Wrong{"crawlera-delay-of-10-seconds", "C-PAC-1", 2}),
    [](const auto& param) {
      std::string name = param.param.deviation;
      std::erase(name, '-');
      return name;
    });

TEST(Explore, TheReferenceSurvives) {
  for (const char* const dialect : {"helodata", "crawlera"}) {
    const Exploration found =
        explore(simulated(shipped_target_options(dialect)), shipped_catalogue(), search(1, 1'500));
    EXPECT_EQ(found.cases, 1'500U);
    EXPECT_TRUE(found.troubles.empty());
    for (const Counterexample& one : found.counterexamples) ADD_FAILURE() << one.reason << "\n" << told(one.scenario);
  }
}

TEST(Explore, JobsChangeNothing) {
  ExploreOptions options = search(4, 600);
  options.keep_going = true;
  const ExploreTargets targets = simulated(wrong_gateway("helodata-repin-silent"));
  const std::string alone = json_of(explore(targets, shipped_catalogue(), options), options, "helodata");
  options.jobs = 3;
  EXPECT_EQ(json_of(explore(targets, shipped_catalogue(), options), options, "helodata"), alone);
}

TEST(Explore, ShardsShareTheCasesOut) {
  const ExploreTargets targets = simulated(shipped_target_options("crawlera"));
  ExploreOptions options = search(5, 300);
  const Exploration whole = explore(targets, shipped_catalogue(), options);
  options.shards = 3;
  Coverage together(world_of("crawlera"));
  std::uint64_t commands = 0;
  for (options.shard = 1; options.shard <= 3; ++options.shard) {
    const Exploration part = explore(targets, shipped_catalogue(), options);
    EXPECT_EQ(part.cases, 100U);
    together.add(part.coverage);
    commands += part.commands;
  }
  EXPECT_EQ(commands, whole.commands);
  EXPECT_EQ(together.transitions, whole.coverage.transitions);
  EXPECT_EQ(together.requirements, whole.coverage.requirements);
  EXPECT_EQ(together.boundaries, whole.coverage.boundaries);
}

TEST(Explore, ASilentMoveIsToldInPlainWords) {
  ExploreOptions options = search(1, 5'000);
  options.wanted = {"H-PIN-2"};
  const Exploration found = explore(simulated(wrong_gateway("helodata-repin-silent")), shipped_catalogue(), options);
  ASSERT_EQ(found.counterexamples.size(), 1U);
  EXPECT_EQ(found.counterexamples.front().scenario.title,
            "Broken: re-pin announced in the response. a request r1 as u1, the exit of r1 drops, a request r2 as u1");
}

}  // namespace
}  // namespace pinproof::conformance
