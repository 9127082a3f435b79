// What a harness can do to a target beside sending requests: read and move clocks, look at the exits and do things to them. Behind it is
// the lab in process, or the clock and upstream contracts over HTTP (docs/contracts.md).
//
// A call that gets no usable answer throws ControlLost: the harness cannot go on with this scenario, which is a harness_error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "conformance/target/target.h"
#include "mock_upstream/site/journal.h"
#include "sim/core/exit.h"
#include "sim/core/time.h"
#include "sim/pool/pool.h"

namespace pinproof::conformance {

struct ControlLost : TargetLost {
  using TargetLost::TargetLost;
};

struct ClockCounts {
  std::uint64_t received = 0;  // request heads since the start
  std::uint64_t active = 0;    // of them not yet answered
  std::uint64_t held = 0;      // waiting on purpose
};

struct ClockState {
  sim::Instant now;
  sim::Instant next_deadline = sim::kNever;
  std::optional<ClockCounts> counts;  // nothing where the server cannot count
};

class ClockControl {
 public:
  virtual ~ClockControl() = default;
  virtual ClockState state() = 0;
  /// Returns once every deadline up to `to` has fired. Only a controlled clock.
  virtual ClockState advance_to(sim::Instant to) = 0;
  /// Forgets sessions and slots; false where the server cannot. `seed` decides picks where the server takes one.
  virtual bool reset(std::uint64_t seed) = 0;
};

class UpstreamControl {
 public:
  virtual ~UpstreamControl() = default;
  virtual ClockControl& clock() = 0;
  virtual std::vector<sim::Exit> exits() = 0;
  virtual void act(const sim::ExitEvent& event) = 0;  // ids count in the order of exits()
  virtual void release(const std::string& token) = 0;
  /// Entries from number `since` on, in order; all there are.
  virtual std::vector<mock_upstream::JournalEntry> journal(std::uint64_t since) = 0;
  virtual void reset() = 0;
};

}  // namespace pinproof::conformance
