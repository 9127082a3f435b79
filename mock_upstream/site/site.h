// What exits, origin and contracts have in common: where they run, by which clock, and what they write down. Shared by every coroutine
// that is under way, so that it is there as long as one is.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "mock_upstream/clock/clock.h"
#include "mock_upstream/net/idle_watch.h"
#include "mock_upstream/net/tasks.h"
#include "mock_upstream/site/gates.h"
#include "mock_upstream/site/journal.h"

namespace pinproof::mock_upstream {

/// How many requests are where, so that a harness knows when nothing moves any more.
struct Activity {
  std::uint64_t received = 0;  // heads that came to exits
  std::uint64_t active = 0;    // of these, not yet answered whole; a tunnel is answered when it stands
  std::uint64_t held =
      0;  // requests that wait on purpose: at a slow or silent exit, or at a gate, those inside tunnels included
};

/// Counts one more for as long as it lives.
class Counted {
 public:
  explicit Counted(std::uint64_t& counter) : counter_(counter) { ++counter_; }
  ~Counted() { --counter_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::uint64_t& counter_;
};

struct Site {
  /// The clock outlives all that runs on the executor.
  Site(const Executor& executor, Clock& clock_in, Report report,
       IdleWatch::Duration idle_tick = std::chrono::seconds(1))
      : tasks(std::make_shared<Tasks>(executor, std::move(report))), clock(clock_in), idle(executor, idle_tick) {}

  const Executor& executor() const { return tasks->executor(); }

  std::shared_ptr<Tasks> tasks;
  Clock& clock;
  IdleWatch idle;
  Journal journal;
  Gates gates;
  Activity activity;
};

}  // namespace pinproof::mock_upstream
