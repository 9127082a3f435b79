#include "tools/program/explore_progress.h"

#include <gtest/gtest.h>

#include <sstream>

namespace pinproof::program {
namespace {

TEST(ExploreProgress, OneLineSaysItAll) {
  conformance::Coverage coverage;
  coverage.cases = 12'032;
  coverage.time = std::chrono::hours(9'120) + std::chrono::minutes(59);
  const conformance::SoFar so_far{coverage, 20'000, 312'000, 1};
  EXPECT_EQ(
      progress_line(so_far, "helodata", {102, 108}, 8.0),
      "helodata: 1 finding in 12032 of 20000 cases (1504/s), covered 102 of 108, 312000 commands, 9120 virtual hours");
}

TEST(ExploreProgress, AShortSearchSaysNothingOffATerminal) {
  std::ostringstream out;
  std::ostringstream err;
  Streams streams{out, err};
  {
    conformance::SmallWorld world;
    ExploreProgress progress(streams, world, {});
    const conformance::Coverage coverage(world);
    for (int block = 0; block < 3; ++block) progress.show({coverage, 10, 0, 0});
  }
  EXPECT_EQ(out.str() + err.str(), "");
}

}  // namespace
}  // namespace pinproof::program
