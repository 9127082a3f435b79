#include "conformance/explore/shrink.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "conformance/explore/draw.h"
#include "conformance/explore/explore_testing.h"

namespace pinproof::conformance {
namespace {

std::size_t count_of(const Commands& commands, Verb verb) {
  return static_cast<std::size_t>(
      std::count_if(commands.begin(), commands.end(), [verb](const Command& command) { return command.verb == verb; }));
}

class Shrink : public testing::Test {
 protected:
  Commands long_case() const {
    DrawOptions options;
    options.commands_max = 60;
    options.all_long = true;
    for (std::uint64_t number = 0;; ++number) {
      Commands commands = draw(5, number, world_, options);
      if (count_of(commands, Verb::kExit) >= 2 && count_of(commands, Verb::kWait) >= 2) return commands;
    }
  }
  const SmallWorld world_ = world_of("helodata");
};

TEST_F(Shrink, KeepsWhatIsNeededAndNothingElse) {
  const Commands shrunk = shrink(long_case(), world_, [](const Commands& commands) {
    return count_of(commands, Verb::kExit) >= 2 && count_of(commands, Verb::kWait) >= 1;
  });
  ASSERT_EQ(shrunk.size(), 3U);
  EXPECT_EQ(count_of(shrunk, Verb::kExit), 2U);
  for (const Command& command : shrunk) {
    EXPECT_FALSE(command.together);
    EXPECT_EQ(command.offset, 0);
    EXPECT_EQ(command.span, 0);
    EXPECT_EQ(command.times, 0);
    EXPECT_EQ(command.action, sim::ExitAction::kDrop);
  }
}

TEST_F(Shrink, ABurstGetsAsSmallAsItMay) {
  Command burst;
  burst.count = 77;
  const Commands shrunk = shrink(
      {burst}, world_, [](const Commands& commands) { return !commands.empty() && commands.front().count >= 11; });
  ASSERT_EQ(shrunk.size(), 1U);
  EXPECT_EQ(shrunk.front().count, 11);
}

TEST_F(Shrink, EndsWithItsTime) {
  std::size_t tries = 0;
  ShrinkOptions options;
  options.time_max = std::chrono::milliseconds(0);
  const Commands commands = long_case();
  const auto count = [&](const Commands&) { return ++tries > 0; };
  EXPECT_EQ(shrink(commands, world_, count, options), commands);
  EXPECT_EQ(tries, 0U);
}

TEST_F(Shrink, EndsWithItsBudget) {
  std::size_t tries = 0;
  ShrinkOptions options;
  options.tries_max = 10;
  shrink(
      long_case(), world_,
      [&](const Commands& commands) {
        ++tries;
        return count_of(commands, Verb::kExit) >= 2;
      },
      options);
  EXPECT_EQ(tries, 10U);
}

TEST_F(Shrink, TheSameCaseShrinksToTheSame) {
  const StillShows shows = [](const Commands& commands) { return count_of(commands, Verb::kRequest) >= 5; };
  EXPECT_EQ(shrink(long_case(), world_, shows), shrink(long_case(), world_, shows));
}

}  // namespace
}  // namespace pinproof::conformance
