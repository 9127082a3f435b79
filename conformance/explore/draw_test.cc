#include "conformance/explore/draw.h"

#include <gtest/gtest.h>

#include <set>

#include "conformance/explore/explore_testing.h"

namespace pinproof::conformance {
namespace {

TEST(Draw, DependsOnSeedAndNumberAlone) {
  const SmallWorld world = world_of("helodata");
  EXPECT_EQ(draw(1, 17, world), draw(1, 17, world));
  EXPECT_NE(draw(1, 17, world), draw(1, 18, world));
  EXPECT_NE(draw(1, 17, world), draw(2, 17, world));
}

TEST(Draw, KeepsToTheLength) {
  const SmallWorld world = world_of("crawlera");
  DrawOptions options;
  options.commands_max = 10;
  std::set<std::size_t> lengths;
  for (std::uint64_t number = 0; number < 200; ++number) lengths.insert(draw(1, number, world, options).size());
  EXPECT_EQ(*lengths.begin(), 2U);
  EXPECT_EQ(*lengths.rbegin(), 10U);
}

TEST(Draw, AQuarterOfTheWaitsIsNearABoundaryOfTheWindow) {
  const SmallWorld world = world_of("helodata");
  int waits = 0;
  int near = 0;
  for (std::uint64_t number = 0; number < 500; ++number) {
    for (const Command& command : draw(1, number, world)) {
      if (command.verb != Verb::kWait) continue;
      ++waits;
      near += command.span == world.boundaries ? 1 : 0;
    }
  }
  EXPECT_GT(near * 4, waits);
}

}  // namespace
}  // namespace pinproof::conformance
