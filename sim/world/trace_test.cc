#include "sim/world/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

namespace pinproof::sim {
namespace {

using testing::ElementsAre;

TEST(Trace, ALineSaysTimeEventAndText) {
  std::vector<std::string> lines;
  Trace trace([&](std::string_view line) { lines.emplace_back(line); });
  trace.add(kStart + 29min + 59s, 417, "exit 3 drop");
  EXPECT_THAT(lines, ElementsAre("0:29:59.000 #417 exit 3 drop"));
  EXPECT_EQ(trace.lines(), 1U);
  EXPECT_EQ(trace.digest(), digest_of("0:29:59.000 #417 exit 3 drop\n"));
}

TEST(Trace, ADigestForEveryThousandAndTwentyFourLines) {
  Trace trace;
  EXPECT_TRUE(trace.block_digests().empty());
  for (int i = 0; i < 1'024; ++i) trace.add(kStart, 1, "x");
  EXPECT_EQ(trace.block_digests().size(), 1U);
  trace.add(kStart, 1, "x");
  EXPECT_EQ(trace.block_digests().size(), 2U);
}

struct PlantedCase {
  const char* name;
  std::uint64_t left_lines;
  std::uint64_t right_lines;
  std::uint64_t planted;  // 0: nothing; the line of the right run that says something else
  std::optional<Divergence> found;
};

class FirstDivergence : public testing::TestWithParam<PlantedCase> {};

TracedRun run_of(std::uint64_t lines, std::uint64_t planted) {
  return [=](Trace& trace) {
    for (std::uint64_t i = 1; i <= lines; ++i) {
      // What follows a divergence differs too, as it would in a world.
      trace.add(kStart, i, planted != 0 && i >= planted ? "other" : "same");
    }
  };
}

TEST_P(FirstDivergence, IsFound) {
  const PlantedCase& c = GetParam();
  EXPECT_EQ(first_divergence(run_of(c.left_lines, 0), run_of(c.right_lines, c.planted)), c.found);
}

Divergence differing(std::uint64_t line) {
  return {line, fmt::format("0:00:00.000 #{} same", line), fmt::format("0:00:00.000 #{} other", line)};
}

INSTANTIATE_TEST_SUITE_P(Table, FirstDivergence,
                         testing::Values(PlantedCase{"both_empty", 0, 0, 0, {}},
                                         PlantedCase{"same", 5'000, 5'000, 0, {}},
                                         PlantedCase{"first_line", 5'000, 5'000, 1, differing(1)},
                                         PlantedCase{"end_of_a_block", 5'000, 5'000, 1'024, differing(1'024)},
                                         PlantedCase{"beginning_of_a_block", 5'000, 5'000, 1'025, differing(1'025)},
                                         PlantedCase{"deep_inside", 5'000, 5'000, 3'333, differing(3'333)},
                                         PlantedCase{"last_line", 5'000, 5'000, 5'000, differing(5'000)},
                                         PlantedCase{"left_ends_first", 1'024, 1'025, 0,
                                                     Divergence{1'025, std::nullopt, "0:00:00.000 #1025 same"}},
                                         PlantedCase{"right_ends_first", 2'001, 2'000, 0,
                                                     Divergence{2'001, "0:00:00.000 #2001 same", std::nullopt}}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(FirstDivergence, ThatIsGoneWhenRunAgainIsSaidAllTheSame) {
  int runs = 0;
  const TracedRun flaky = [&](Trace& trace) {
    const bool first_run = ++runs == 1;
    for (std::uint64_t i = 1; i <= 3'000; ++i) trace.add(kStart, i, first_run && i == 2'050 ? "other" : "same");
  };
  EXPECT_EQ(first_divergence(run_of(3'000, 0), flaky), (Divergence{2'049, std::nullopt, std::nullopt, false}));
}

}  // namespace
}  // namespace pinproof::sim
