// Runs an io_context from outside, for whoever waits for something: as far as it goes, or for a while.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>

#include "mock_upstream/net/task.h"

namespace pinproof::conformance {

class IoLoop {
 public:
  using WallInstant = std::chrono::steady_clock::time_point;

  /// Once `stop` is true, whoever waits is thrown TargetLost("interrupted"); null: never.
  explicit IoLoop(mock_upstream::asio::io_context& io, const std::atomic<bool>* stop = nullptr)
      : io_(io), stop_(stop) {}

  /// Everything that is ready now, and what that makes ready, up to kReadyMost things; how many there were.
  std::size_t run_ready();
  /// At least one thing, if it comes before `until`; false when none came.
  bool run_one(WallInstant until);

 private:
  /// So that a peer who never stops talking does not keep whoever waits from looking at the time.
  static constexpr std::size_t kReadyMost = 10'000;

  mock_upstream::asio::io_context& io_;
  const std::atomic<bool>* stop_;
};

}  // namespace pinproof::conformance
