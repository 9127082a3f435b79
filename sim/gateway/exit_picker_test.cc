#include "sim/gateway/exit_picker.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "sim/gateway/gateway_testing.h"

namespace pinproof::sim {
namespace {

const auto kAny = [](ExitId) { return true; };

std::set<std::uint32_t> drawn(ExitPicker& picker, const ExitFilter& filter) {
  std::set<std::uint32_t> exits;
  for (int i = 0; i < 500; ++i) exits.insert(static_cast<std::uint32_t>(picker.pick(picker.candidates(filter), kAny)));
  return exits;
}

TEST(ExitPicker, PicksFromTheWholeMatchingPoolAndNothingElse) {
  const std::vector<Exit> exits = test_exits();
  ExitPicker picker(exits, Random(1));
  using Set = std::set<std::uint32_t>;
  EXPECT_EQ(drawn(picker, {ExitType::kResidential, "us", "", "", {}}), kUs);
  EXPECT_EQ(drawn(picker, {ExitType::kMobile, "us", "", "", {}}), kUsMobile);
  EXPECT_EQ(drawn(picker, {ExitType::kResidential, "us", "ca", "", {}}), (Set{0, 1}));
  EXPECT_EQ(drawn(picker, {ExitType::kResidential, "us", "ny", "nyc", 7018}), (Set{2, 3}));
  EXPECT_EQ(drawn(picker, {{}, "us", "", "", {}}), (Set{0, 1, 2, 3, 9, 10}));
  EXPECT_EQ(drawn(picker, {{}, "", "", "", 3320}), kDe);
  EXPECT_EQ(drawn(picker, {}).size(), 12U);
}

TEST(ExitPicker, NothingMatchesIsNoExit) {
  const std::vector<Exit> exits = test_exits();
  ExitPicker picker(exits, Random(1));
  EXPECT_EQ(picker.pick(picker.candidates({{}, "zz", "", "", {}}), kAny), kNoExit);
  EXPECT_EQ(picker.pick(picker.candidates({}), [](ExitId) { return false; }), kNoExit);
}

// Filters of one name would share one pool.
TEST(ExitPicker, TellsFiltersApart) {
  const std::vector<Exit> exits = test_exits();
  ExitPicker picker(exits, Random(1));
  const CandidatesId us = picker.candidates({{}, "us", "", "", {}});
  EXPECT_EQ(picker.candidates({{}, "us", "", "", {}}), us);
  EXPECT_NE(picker.candidates({ExitType::kResidential, "us", "", "", {}}), us);
  EXPECT_NE(picker.candidates({{}, "us", "", "", 7922}), us);
  EXPECT_NE(picker.candidates({{}, "us", "ca", "", {}}), picker.candidates({{}, "us", "ca", "la", {}}));
}

TEST(ExitPicker, IsUniform) {
  const std::vector<Exit> exits = test_exits();
  ExitPicker picker(exits, Random(5));
  const CandidatesId all = picker.candidates({});
  std::map<ExitId, int> counts;
  for (int i = 0; i < 120'000; ++i) ++counts[picker.pick(all, kAny)];
  // 10,000 each, give or take six standard deviations (96).
  for (const auto& [exit, count] : counts) EXPECT_NEAR(count, 10'000, 580) << index_of(exit);
}

TEST(ExitPicker, StaysUniformWhereNearlyAllIsUnacceptable) {
  std::vector<Exit> exits(10'000);
  ExitPicker picker(exits, Random(5));
  const CandidatesId all = picker.candidates({});
  std::map<ExitId, int> counts;
  for (int i = 0; i < 3'000; ++i) ++counts[picker.pick(all, [](ExitId exit) { return index_of(exit) >= 9'997; })];
  ASSERT_EQ(counts.size(), 3U);
  for (const auto& [exit, count] : counts) EXPECT_NEAR(count, 1'000, 160) << index_of(exit);
}

TEST(ExitPicker, PrefersAFreeExitAndElseTheOneFreeFirst) {
  const std::vector<Exit> exits = test_exits();
  ExitPicker picker(exits, Random(1));
  const CandidatesId de = picker.candidates({ExitType::kResidential, "de", "", "", {}});
  std::map<ExitId, Instant> free_at{{ExitId{4}, kStart + 20s}, {ExitId{5}, kStart + 10s}, {ExitId{6}, kStart + 5s}};
  const auto when = [&](ExitId exit) { return free_at[exit]; };
  for (int i = 0; i < 50; ++i) EXPECT_EQ(picker.pick_free(de, kAny, kStart + 5s, when), ExitId{6});
  EXPECT_EQ(picker.pick_free(de, kAny, kStart + 4s, when), ExitId{6});
  EXPECT_EQ(picker.pick_free(
                de, [](ExitId exit) { return exit != ExitId{6}; }, kStart + 6s, when),
            ExitId{5});
  EXPECT_EQ(picker.pick_free(
                de, [](ExitId) { return false; }, kStart, when),
            kNoExit);
}

TEST(ExitPicker, TheSeedDecides) {
  const std::vector<Exit> exits = test_exits();
  const auto draw = [&](std::uint64_t seed) {
    ExitPicker picker(exits, Random(seed));
    std::vector<ExitId> picks;
    for (int i = 0; i < 50; ++i) picks.push_back(picker.pick(picker.candidates({}), kAny));
    return picks;
  };
  EXPECT_EQ(draw(1), draw(1));
  EXPECT_NE(draw(1), draw(2));
}

}  // namespace
}  // namespace pinproof::sim
