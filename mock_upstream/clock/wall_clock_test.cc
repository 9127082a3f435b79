#include "mock_upstream/clock/wall_clock.h"

#include <gtest/gtest.h>

#include <vector>

namespace pinproof::mock_upstream {
namespace {

using namespace sim;

TEST(WallClock, RingsInOrderAndNeverEarly) {
  asio::io_context io;
  WallClock clock(io.get_executor());
  std::vector<int> rung;
  std::vector<Instant> at;
  const auto note = [&](int which) {
    return [&rung, &at, &clock, which] {
      rung.push_back(which);
      at.push_back(clock.now());
    };
  };
  clock.set(kStart + 30ms, note(3));
  const auto never = clock.set(kStart + 2ms, note(0));
  clock.set(kStart + 10ms, note(1));
  clock.set(kStart + 10ms, note(2));
  clock.cancel(never);
  io.run();  // ends with the last alarm
  EXPECT_EQ(rung, (std::vector<int>{1, 2, 3}));
  EXPECT_GE(at[0], kStart + 10ms);
  EXPECT_GE(at[2], kStart + 30ms);
  EXPECT_EQ(clock.next_deadline(), kNever);
}

TEST(WallClock, ScaledAnHourTakesMilliseconds) {
  asio::io_context io;
  const auto begun = std::chrono::steady_clock::now();
  WallClock clock(io.get_executor(), 360'000);
  bool rung = false;
  clock.set(kStart + 1h, [&] { rung = true; });
  io.run();
  EXPECT_TRUE(rung);
  EXPECT_GE(clock.now(), kStart + 1h);
  EXPECT_GE(std::chrono::steady_clock::now() - begun, 10ms);
}

TEST(WallClock, IsNotMoved) {
  asio::io_context io;
  WallClock clock(io.get_executor());
  EXPECT_FALSE(clock.is_controlled());
  EXPECT_DEATH(clock.advance_to(kStart + 1h), "a wall clock is not moved");
}

}  // namespace
}  // namespace pinproof::mock_upstream
