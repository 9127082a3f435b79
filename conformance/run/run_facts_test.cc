#include "conformance/run/run_facts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

TargetDescription helodata() {
  TargetDescription target;
  target.name = "Acme";
  target.kind = "profile";
  target.dialect = "helodata";
  target.clock = ClockKind::kWall;
  target.clock_scale = 60;
  target.tolerance = std::chrono::milliseconds(250);
  target.capabilities = {Capability::kTime, Capability::kTls};
  target.readings = shipped_catalogue().default_readings();
  return target;
}

const reports::ReadingResult* reading(const reports::Result& result, const std::string& name) {
  const auto found = std::find_if(result.readings.begin(), result.readings.end(),
                                  [&](const reports::ReadingResult& one) { return one.name == name; });
  return found == result.readings.end() ? nullptr : &*found;
}

TEST(RunFacts, SayHowTheTargetWasReached) {
  reports::Result result;
  say_facts({helodata()}, shipped_catalogue(), result);
  EXPECT_EQ(result.target.name, "Acme");
  EXPECT_EQ(result.target.kind, "profile");
  EXPECT_EQ(result.target.clock, "wall");
  EXPECT_EQ(result.target.clock_scale, 60.0);
  EXPECT_EQ(result.target.tolerance_us, 250'000U);
}

TEST(RunFacts, EveryCapabilityIsSaidPresentOrNot) {
  reports::Result result;
  say_facts({helodata()}, shipped_catalogue(), result);
  std::string text;
  for (const reports::CapabilityResult& one : result.capabilities) {
    text += one.dialect + " " + one.name + (one.present ? " yes\n" : " no\n");
  }
  EXPECT_EQ(text,
            "helodata time yes\nhelodata drop no\nhelodata exits no\nhelodata attempts no\nhelodata api no\n"
            "helodata accounts no\nhelodata wire no\nhelodata tls yes\n");
}

TEST(RunFacts, ReadingsAreThoseOfTheDialectAndThoseThatDifferAreMarked) {
  TargetDescription target = helodata();
  target.readings["over_cap"] = "clamp";
  reports::Result result;
  say_facts({target}, shipped_catalogue(), result);
  ASSERT_NE(reading(result, "over_cap"), nullptr);
  EXPECT_EQ(reading(result, "over_cap")->value, "clamp");
  EXPECT_TRUE(reading(result, "over_cap")->differs);
  EXPECT_FALSE(reading(result, "over_cap")->means.empty());
  ASSERT_NE(reading(result, "leading_zeros"), nullptr);
  EXPECT_FALSE(reading(result, "leading_zeros")->differs);
  EXPECT_EQ(reading(result, "max_retries_counts"), nullptr) << "only crawlera's promises depend on it";
}

TEST(RunFacts, EvidenceCitesTheCommandOfItsScenario) {
  reports::Result result;
  result.scenarios.resize(1);
  result.scenarios[0].id = "helodata/a";
  result.scenarios[0].replay = "pinproof replay helodata/a --seed 3";
  result.requirements.resize(1);
  result.requirements[0].evidence = {{"helodata/a", {1}, "", "", ""}, {"helodata/gone", {1}, "", "", "old"}};
  cite_replays(result);
  EXPECT_EQ(result.requirements[0].evidence[0].replay, "pinproof replay helodata/a --seed 3");
  EXPECT_EQ(result.requirements[0].evidence[1].replay, "");
}

}  // namespace
}  // namespace pinproof::conformance
