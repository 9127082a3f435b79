#include "conformance/live/io_loop.h"

namespace pinproof::conformance {

std::size_t IoLoop::run_ready() {
  if (io_.stopped()) io_.restart();
  std::size_t ran = 0;
  while (ran < kReadyMost && io_.poll_one() > 0) ++ran;
  return ran;
}

bool IoLoop::run_one(WallInstant until) {
  if (io_.stopped()) io_.restart();
  return io_.run_one_until(until) > 0;
}

}  // namespace pinproof::conformance
