#include "conformance/player/needs.h"

#include <gtest/gtest.h>

#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

Scenario scenario_with(decltype(Step::what) what) {
  Scenario scenario;
  scenario.id = "test";
  scenario.dialect = "helodata";
  scenario.steps.push_back({std::move(what), "/steps/0", ""});
  return scenario;
}

RequestStep request(const std::string& label) {
  RequestStep step;
  step.label = label;
  return step;
}

TEST(Needs, OfSteps) {
  const Catalogue& catalogue = shipped_catalogue();
  EXPECT_EQ(needs_of(scenario_with(DoStep{request("a")}), catalogue), Capabilities{});
  EXPECT_EQ(needs_of(scenario_with(WaitStep{1s, ""}), catalogue), Capabilities{Capability::kTime});
  EXPECT_EQ(needs_of(scenario_with(ExitStep{}), catalogue), Capabilities{Capability::kDrop});
  EXPECT_EQ(needs_of(scenario_with(DoStep{ApiStep{}}), catalogue), Capabilities{Capability::kApi});
  RequestStep checked = request("a");
  checked.expect = {{"", {}, AttemptsCheck{{1, 1}}, ""}, {"", {}, ExitCheck{{"a"}, {}, std::nullopt}, ""}};
  EXPECT_EQ(needs_of(scenario_with(DoStep{checked}), catalogue),
            (Capabilities{Capability::kAttempts, Capability::kExits}));
}

TEST(Needs, OfASecondAccount) {
  RequestStep second = request("b");
  second.actor = "bob";
  Scenario scenario = scenario_with(ParallelStep{{request("a"), second}, {}});
  EXPECT_EQ(needs_of(scenario, shipped_catalogue()), Capabilities{});
  scenario.actors["bob"] = "two";
  EXPECT_EQ(needs_of(scenario, shipped_catalogue()), Capabilities{Capability::kAccounts});
  EXPECT_EQ(accounts_of(scenario), (std::vector<std::string>{"one", "two"}));
}

TEST(Needs, OfRequirements) {
  Scenario scenario = scenario_with(DoStep{request("a")});
  scenario.requirements = {"H-PIN-3"};
  EXPECT_EQ(needs_of(scenario, shipped_catalogue()),
            (Capabilities{Capability::kExits, Capability::kDrop, Capability::kTime}));
}

TEST(Needs, AMissingOneIsNamed) {
  TargetDescription target = shipped_target("helodata")->description();
  target.capabilities = {Capability::kExits};
  Scenario scenario = scenario_with(ExitStep{});
  const auto trouble = unplayable(scenario, shipped_catalogue(), target);
  ASSERT_TRUE(trouble.has_value());
  EXPECT_EQ(trouble->verdict, Verdict::kNotTestable);
  EXPECT_EQ(trouble->what, "needs drop");
}

TEST(Needs, AnotherReadingIsNotSupported) {
  const TargetDescription target = shipped_target("helodata")->description();
  Scenario scenario = scenario_with(DoStep{request("a")});
  scenario.when = {{"over_cap", {"clamp"}}};
  const auto trouble = unplayable(scenario, shipped_catalogue(), target);
  ASSERT_TRUE(trouble.has_value());
  EXPECT_EQ(trouble->verdict, Verdict::kNotSupported);
  EXPECT_EQ(trouble->what, "the reading over_cap is reject, the scenario is for clamp");
  scenario.when = {{"over_cap", {"clamp", "reject"}}};
  EXPECT_FALSE(unplayable(scenario, shipped_catalogue(), target).has_value());
}

TEST(Needs, AnotherDialectIsNotSupported) {
  const auto trouble =
      unplayable(scenario_with(DoStep{request("a")}), shipped_catalogue(), shipped_target("crawlera")->description());
  ASSERT_TRUE(trouble.has_value());
  EXPECT_EQ(trouble->verdict, Verdict::kNotSupported);
}

}  // namespace
}  // namespace pinproof::conformance
