#include "conformance/live/io_loop.h"

#include <algorithm>

#include "conformance/target/target.h"

namespace pinproof::conformance {

std::size_t IoLoop::run_ready() {
  if (io_.stopped()) io_.restart();
  std::size_t ran = 0;
  while (ran < kReadyMost && io_.poll_one() > 0) ++ran;
  return ran;
}

// A signal wakes nobody here, so that a long wait looks now and then.
bool IoLoop::run_one(WallInstant until) {
  constexpr std::chrono::milliseconds kLook{100};
  while (true) {
    if (stop_ != nullptr && stop_->load()) throw TargetLost("interrupted");
    const WallInstant now = std::chrono::steady_clock::now();
    if (io_.stopped()) io_.restart();
    const WallInstant look = stop_ == nullptr ? until : std::min(until, now + kLook);
    if (io_.run_one_until(look) > 0) return true;
    if (look == until) return false;
  }
}

}  // namespace pinproof::conformance
