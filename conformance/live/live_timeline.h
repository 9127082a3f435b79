// The timeline of a live target, zero at its last reset: two clocks that the harness moves in step, or the wall clock.
//
// A controlled timeline goes from deadline to deadline. At one instant the upstreams' clock is moved first, and then the gateway's, before
// anybody reads what that has sent: the order in which the simulator lets things happen.
#pragma once

#include <chrono>
#include <optional>

#include "conformance/history/history.h"
#include "conformance/live/controls.h"
#include "sim/core/time.h"

namespace pinproof::conformance {

class LiveTimeline {
 public:
  using WallInstant = std::chrono::steady_clock::time_point;

  /// `gateway` is the clock of the gateway: without it there is no controlled timeline. Either control may be null on the wall clock;
  /// `scale` is how much faster than the wall time passes then.
  LiveTimeline(ClockKind kind, double scale, ClockControl* gateway, UpstreamControl* upstreams);

  /// From here on now is zero.
  void restart();

  bool is_controlled() const { return kind_ == ClockKind::kControlled; }
  sim::Instant now() const;

  /// The earliest deadline of either clock, not before now; kNever when there is none. Only controlled.
  sim::Instant next_deadline();
  /// Not before now. Only controlled. Throws ControlLost when a clock cannot follow.
  void advance_to(sim::Instant to);

  /// The gateway's alone; nothing where it cannot count.
  std::optional<std::uint64_t> received();
  /// How many requests wait on purpose, at the gateway or at the upstreams; nothing where the gateway cannot count.
  std::optional<std::uint64_t> held();

  /// An instant of the upstreams' clock.
  sim::Instant of_upstreams(sim::Instant at) const;
  /// When it will be `at`, on the wall; the farthest there is for kNever. Only the wall clock.
  WallInstant on_the_wall(sim::Instant at) const;

 private:
  ClockControl* upstream_clock() { return upstreams_ == nullptr ? nullptr : &upstreams_->clock(); }

  ClockKind kind_;
  double scale_;
  ClockControl* gateway_;
  UpstreamControl* upstreams_;
  sim::Instant now_ = sim::kStart;  // controlled
  WallInstant started_;
  sim::Duration gateway_zero_{};  // what the clocks showed at the restart
  sim::Duration upstreams_zero_{};
};

}  // namespace pinproof::conformance
