#include "conformance/explore/steer.h"

#include <gtest/gtest.h>

#include "conformance/explore/explore_testing.h"

namespace pinproof::conformance {
namespace {

class Steer : public testing::Test {
 protected:
  std::vector<CorpusCase> corpus() const {
    std::vector<CorpusCase> cases;
    for (std::uint64_t number = 0; number < 5; ++number) cases.push_back({number, draw(99, number, world_)});
    return cases;
  }
  const SmallWorld world_ = world_of("helodata");
};

TEST_F(Steer, WithoutACorpusItIsDrawn) {
  for (std::uint64_t number = 0; number < 50; ++number)
    EXPECT_EQ(steered(7, number, {}, world_), draw(7, number, world_));
}

TEST_F(Steer, DependsOnSeedNumberAndCorpusAlone) {
  const std::vector<CorpusCase> cases = corpus();
  const std::vector<CorpusCase> fewer(cases.begin(), cases.end() - 1);
  int differ = 0;
  for (std::uint64_t number = 0; number < 50; ++number) {
    EXPECT_EQ(steered(7, number, cases, world_), steered(7, number, cases, world_));
    if (steered(7, number, cases, world_) != steered(7, number, fewer, world_)) ++differ;
  }
  EXPECT_GT(differ, 0);
}

TEST_F(Steer, HalfOfTheCasesAreOfTheCorpus) {
  int fresh = 0;
  for (std::uint64_t number = 0; number < 1'000; ++number)
    fresh += steered(7, number, corpus(), world_) == draw(7, number, world_) ? 1 : 0;
  EXPECT_GT(fresh, 430);
  EXPECT_LT(fresh, 570);
}

TEST_F(Steer, IsAlwaysACaseOfThatWorld) {
  DrawOptions options;
  options.commands_max = 20;
  std::vector<CorpusCase> cases = corpus();
  cases.push_back({1, {Command{}}});  // so short that a change can leave nothing of it
  for (std::uint64_t number = 0; number < 2'000; ++number) {
    const Commands commands = steered(7, number, cases, world_, options);
    ASSERT_FALSE(commands.empty());
    ASSERT_LE(commands.size(), 20U);
    ASSERT_EQ(fitted(commands, world_), commands);
  }
}

}  // namespace
}  // namespace pinproof::conformance
