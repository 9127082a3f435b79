// The hold model, which event queues are compared by: a fixed number of events is pending, and the handler of each
// schedules the next one, an exponentially distributed time ahead. Every engine does the same work for the same
// increments, so that after the same number of events all of them have the same checksum: a proof that each served them
// in the same order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/core/random.h"
#include "sim/core/time.h"

namespace pinproof::bench {

/// What all handlers do, whichever engine calls them.
class Workload {
 public:
  Workload() {
    sim::Random random{1};
    for (sim::Duration& increment : increments_) increment = random.exponential(sim::Duration{1'000'000'000});
  }

  /// How long after now the next event is due. Drawn beforehand: it is the queue that is measured.
  sim::Duration next_increment() { return increments_[drawn_++ % kIncrements]; }

  void visit(std::int64_t now_ns, std::uint64_t actor) {
    checksum_ = checksum_ * 0x9E3779B97F4A7C15 + static_cast<std::uint64_t>(now_ns) + actor;
  }

  std::uint64_t checksum() const { return checksum_; }

 private:
  static constexpr std::size_t kIncrements = std::size_t{1} << 16U;  // a power of two, so that no division is measured

  std::vector<sim::Duration> increments_ = std::vector<sim::Duration>(kIncrements);
  std::size_t drawn_ = 0;
  std::uint64_t checksum_ = 0;
};

/// An engine with its pending events.
class HoldModel {
 public:
  virtual ~HoldModel() = default;

  /// Serves that many events, one handler call each.
  virtual void run(std::uint64_t events) = 0;

  virtual std::uint64_t checksum() const = 0;
};

/// One of ns-3's schedulers behind ns3::Simulator, which is global: one such model at a time.
std::unique_ptr<HoldModel> make_ns3_hold_model(const std::string& scheduler, std::size_t pending);

}  // namespace pinproof::bench
