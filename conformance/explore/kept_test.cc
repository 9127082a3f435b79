#include "conformance/explore/kept.h"

#include <gtest/gtest.h>

#include "conformance/explore/explore_testing.h"

namespace pinproof::conformance {
namespace {

KeptCase one(std::uint64_t number, std::size_t commands, std::vector<std::string> features) {
  return {number, number, Commands(commands), std::move(features)};
}

std::vector<std::uint64_t> numbers(const std::vector<KeptCase>& cases) {
  std::vector<std::uint64_t> all;
  for (const KeptCase& kept_case : cases) all.push_back(kept_case.number);
  return all;
}

using Numbers = std::vector<std::uint64_t>;

TEST(Kept, TheLeastCaseOfEachFeature) {
  EXPECT_EQ(numbers(kept({one(1, 5, {"a", "b"}), one(2, 4, {"b"}), one(3, 4, {"b", "c"}), one(4, 9, {"c"})})),
            (Numbers{1, 2, 3}));
  EXPECT_EQ(numbers(kept({one(2, 4, {"a"}), one(1, 4, {"a"})})), Numbers{1}) << "as short, the earlier one";
}

TEST(Kept, InPartsAsAtOnce) {
  const std::vector<KeptCase> all{one(1, 5, {"a", "b"}), one(2, 4, {"b"}), one(3, 4, {"b", "c"}),
                                  one(4, 9, {"c", "d"}), one(5, 2, {"d"}), one(6, 7, {"a"})};
  const std::vector<KeptCase> left{all[5], all[2], all[0]};
  const std::vector<KeptCase> right{all[4], all[3], all[1]};
  std::vector<KeptCase> together = kept(right);
  const std::vector<KeptCase> more = kept(left);
  together.insert(together.end(), more.begin(), more.end());
  EXPECT_EQ(kept(together), kept(all));
  EXPECT_EQ(kept(kept(all)), kept(all));
}

TEST(Kept, ThinnedOutHasEveryFeatureStill) {
  const std::vector<KeptCase> all{one(1, 3, {"a"}), one(2, 3, {"a", "b"}), one(3, 9, {"a", "b", "c", "d"}),
                                  one(4, 2, {"d", "e"}), one(5, 2, {"e"})};
  EXPECT_EQ(numbers(thinned(all)), (Numbers{3, 4}));
  EXPECT_EQ(thinned({all[3], all[2], all[4], all[1], all[0]}), thinned(all)) << "the order decides nothing";
  EXPECT_TRUE(thinned({}).empty());
}

TEST(Keeper, KeepsWhatIsNotKnown) {
  const FeatureSpace space(world_of("helodata"), {"H-PIN-2"});
  Keeper keeper(space.size());
  std::vector<bool> known(space.size());
  known[space.transition(10)] = true;
  keeper.know(known);
  keeper.offer(0, 70, Commands(3), {space.transition(10)});
  keeper.offer(1, 71, Commands(9), {space.transition(10), space.transition(11), space.requirement("H-PIN-2")});
  keeper.offer(2, 72, Commands(5), {space.transition(11)});
  keeper.offer(3, 73, Commands(5), {space.transition(11)});
  EXPECT_EQ(keeper.take(space), (std::vector<KeptCase>{{1, 71, Commands(9), {"H-PIN-2", "alive/connect"}},
                                                       {2, 72, Commands(5), {"alive/connect"}}}));
}

}  // namespace
}  // namespace pinproof::conformance
