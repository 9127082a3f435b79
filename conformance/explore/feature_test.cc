#include "conformance/explore/feature.h"

#include <gtest/gtest.h>

#include <set>

#include "conformance/explore/coverage.h"
#include "conformance/explore/explore_testing.h"

namespace pinproof::conformance {
namespace {

constexpr std::size_t kAliveOwnDrop = 1 * kSessionEvents + 4;
constexpr std::size_t kLostRequest = 2 * kSessionEvents;

TEST(FeatureSpace, HasANameForEach) {
  const FeatureSpace space(world_of("helodata"), {"H-PIN-2", "G-1"});
  EXPECT_EQ(space.name(space.transition(kAliveOwnDrop)), "alive/own drop");
  EXPECT_EQ(space.name(space.pair(kAliveOwnDrop, kLostRequest)), "alive/own drop > exit lost/request");
  EXPECT_EQ(space.name(space.boundary(1)), "window -1s");
  EXPECT_EQ(space.name(space.after_boundary(0, kLostRequest)), "window > exit lost/request");
  EXPECT_EQ(space.name(space.requirement("G-1")), "G-1");
  EXPECT_EQ(space.name(space.requirement("H-PIN-2")), "H-PIN-2");
  EXPECT_EQ(space.requirement("H-PIN-99"), space.size()) << "none";
}

TEST(FeatureSpace, NumbersAndNamesAreOneToOne) {
  const FeatureSpace space(world_of("crawlera"), {"C-SES-1", "G-1"});
  std::set<std::string> names;
  for (Feature feature = 0; feature < space.size(); ++feature) names.insert(space.name(feature));
  EXPECT_EQ(names.size(), space.size());
}

}  // namespace
}  // namespace pinproof::conformance
