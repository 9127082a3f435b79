// No promise is without a check: a scenario speaks for it, a monitor watches it, or a deviation breaks it; unless the catalogue says why
// none can.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "conformance/deviations/deviation_store.h"
#include "conformance/judge/monitored.h"
#include "conformance/scenario/store.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

TEST(Coverage, NoRequirementIsWithoutACheck) {
  std::set<std::string> touched;
  for (const Scenario& scenario : load_scenarios(PINPROOF_SOURCE_DIR, shipped_catalogue()).scenarios)
    touched.insert(scenario.requirements.begin(), scenario.requirements.end());
  for (const std::string& id : monitored_requirements()) touched.insert(id);
  for (const Deviation& deviation : load_deviations(PINPROOF_SOURCE_DIR, shipped_catalogue()).deviations)
    touched.insert(deviation.requirement);
  for (const Requirement& requirement : shipped_catalogue().requirements) {
    EXPECT_TRUE(touched.contains(requirement.id) || !requirement.untestable.empty())
        << requirement.id << " (" << requirement.title << ") has no scenario, no monitor and no deviation, and its "
        << "\"untestable\" does not say why";
  }
}

TEST(Coverage, WhatMonitorsAndDeviationsSpeakOfIsInTheCatalogue) {
  for (const std::string& id : monitored_requirements()) EXPECT_NE(shipped_catalogue().find(id), nullptr) << id;
}

}  // namespace
}  // namespace pinproof::conformance
