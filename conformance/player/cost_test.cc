#include "conformance/player/cost.h"

#include <gtest/gtest.h>

#include <functional>

#include "conformance/player/needs.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

RequestStep request(const std::string& label) {
  RequestStep step;
  step.label = label;
  return step;
}

Scenario scenario_of(std::vector<decltype(Step::what)> steps) {
  Scenario scenario;
  scenario.id = "test";
  scenario.dialect = "helodata";
  for (auto& step : steps) scenario.steps.push_back({std::move(step), "", ""});
  return scenario;
}

TEST(CostOf, AWaitAfterAStepBeginsAtItsSending) {
  const Scenario scenario = scenario_of({DoStep{request("a")}, WaitStep{10min, ""}, DoStep{request("b")},
                                         WaitStep{29min + 59s, "a"}, WaitStep{5min, "a"}, WaitStep{1s, ""}});
  EXPECT_EQ(cost_of(scenario).duration, 30min);
  EXPECT_EQ(cost_of(scenario).requests, 2U);
  EXPECT_EQ(cost_of(scenario).at_once, 1U);
}

TEST(CostOf, BurstsAndWhatIsSentTogether) {
  RequestStep burst = request("a");
  burst.count = 20;
  RequestStep spread = request("b");
  spread.count = 5;
  spread.every = 2s;
  ApiStep calls;
  calls.count = 3;
  const Cost cost = cost_of(scenario_of({ParallelStep{{burst, calls}, {}}, DoStep{spread}}));
  EXPECT_EQ(cost.requests, 28U);
  EXPECT_EQ(cost.at_once, 23U);
  EXPECT_EQ(cost.duration, 8s);
}

TEST(CostOf, WhatOnlyAnOriginOfOursDoes) {
  const auto wish = [](const std::function<void(RequestStep&)>& change) {
    RequestStep step = request("a");
    change(step);
    return cost_of(scenario_of({DoStep{step}})).origin_wish;
  };
  EXPECT_EQ(wish([](RequestStep&) {}), "");
  EXPECT_EQ(wish([](RequestStep& step) { step.host = "other"; }), "a host called `other`");
  EXPECT_EQ(wish([](RequestStep& step) { step.gate_at = 5; }), "answers that stop until they are released");
  EXPECT_EQ(wish([](RequestStep& step) { step.answer_status = 503; }), "answers of a status that is asked for");
  EXPECT_EQ(wish([](RequestStep& step) { step.answer_cookie = "v"; }), "cookies on demand");
  EXPECT_EQ(wish([](RequestStep& step) { step.answer_bytes = 100; }), "answers of a size that is asked for");
  EXPECT_EQ(wish([](RequestStep& step) { step.method = "POST"; }), "the method POST");
}

std::string refusal(const Scenario& scenario, const TargetDescription& target) {
  const auto trouble = unplayable(scenario, shipped_catalogue(), target);
  return trouble ? std::string(to_string(trouble->verdict)) + ": " + trouble->what : "";
}

TEST(Unplayable, BeyondWhatTheTargetAllows) {
  TargetDescription target = shipped_target("helodata")->description();
  RequestStep burst = request("a");
  burst.count = 20;
  const Scenario scenario = scenario_of({DoStep{burst}, WaitStep{30min, "a"}});
  EXPECT_EQ(refusal(scenario, target), "");
  target.duration_max = 30min;
  target.requests_max = 20;
  target.at_once_max = 20;
  EXPECT_EQ(refusal(scenario, target), "");
  target.at_once_max = 19;
  EXPECT_EQ(refusal(scenario, target), "not_testable: needs 20 requests at once, and the target allows 19");
  target.requests_max = 19;
  EXPECT_EQ(refusal(scenario, target), "not_testable: needs 20 requests, and the target allows 19");
  target.duration_max = 29min + 59s;
  EXPECT_EQ(refusal(scenario, target), "not_testable: needs time: 30m, and the run allows 29m59s");
  target.origin_is_ours = false;
  EXPECT_EQ(refusal(scenario, target), "not_testable: needs time: 30m, and the run allows 29m59s");
  burst.host = "other";
  EXPECT_EQ(refusal(scenario_of({DoStep{burst}}), target),
            "not_testable: needs an origin of ours: a host called `other`");
}

TEST(Unplayable, WhereNobodyKnowsWhereAnExitIs) {
  TargetDescription target = shipped_target("helodata")->description();
  RequestStep step = request("a");
  step.expect = {{"", {}, ExitCheck{{}, {}, sim::ExitFilter{}}, ""}};
  EXPECT_EQ(refusal(scenario_of({DoStep{step}}), target), "");
  target.exits.clear();
  EXPECT_EQ(refusal(scenario_of({DoStep{step}}), target),
            "not_testable: needs a list of the exits, which says where each is");
}

TEST(Unplayable, WhatIsNotOffered) {
  TargetDescription target = shipped_target("helodata")->description();
  Scenario scenario = scenario_of({DoStep{request("a")}});
  scenario.requirements = {"H-STK-1", "H-PIN-2"};
  target.not_offered = {{"H-PIN-?", "it has no header for that"}};
  EXPECT_EQ(refusal(scenario, target), "not_supported: the target does not offer H-PIN-2: it has no header for that");
  target.not_offered = {{"H-API-*", "no API"}};
  EXPECT_EQ(refusal(scenario, target), "");

  const Scenario asks = scenario_of({DoStep{ApiStep{}}, ExitStep{}});
  target.not_offered = {{"api", "no API"}};
  target.capabilities.remove(Capability::kApi);
  EXPECT_EQ(refusal(asks, target), "not_supported: the target does not offer api: no API");
  target.capabilities.remove(Capability::kDrop);
  EXPECT_EQ(refusal(asks, target), "not_testable: needs drop") << "what it says nothing of is named first";
}

}  // namespace
}  // namespace pinproof::conformance
