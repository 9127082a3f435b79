// The controls of what runs in the same process: clocks and upstreams by direct calls, where the contracts say the same over HTTP.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "conformance/live/controls.h"
#include "mock_upstream/clock/clock.h"
#include "mock_upstream/exits/exits.h"
#include "mock_upstream/site/site.h"

namespace pinproof::conformance {

/// Of a gateway, or of anything with a site. `reset` may be empty: then it cannot.
class DirectClock final : public ClockControl {
 public:
  using Reset = std::function<void(std::uint64_t seed)>;

  DirectClock(std::shared_ptr<mock_upstream::Site> site, Reset reset)
      : site_(std::move(site)), reset_(std::move(reset)) {}

  ClockState state() override;
  ClockState advance_to(sim::Instant to) override;
  bool reset(std::uint64_t seed) override;

 private:
  std::shared_ptr<mock_upstream::Site> site_;
  Reset reset_;
};

class DirectUpstreams final : public UpstreamControl {
 public:
  /// The exits outlive it.
  DirectUpstreams(std::shared_ptr<mock_upstream::Site> site, mock_upstream::Exits& exits)
      : site_(std::move(site)), exits_(exits), clock_(site_, nullptr) {}

  ClockControl& clock() override { return clock_; }
  std::vector<sim::Exit> exits() override { return exits_.list(); }
  void act(const sim::ExitEvent& event) override { exits_.act(event); }
  void release(const std::string& token) override;
  std::vector<mock_upstream::JournalEntry> journal(std::uint64_t since) override;
  void reset() override;

 private:
  std::shared_ptr<mock_upstream::Site> site_;
  mock_upstream::Exits& exits_;
  DirectClock clock_;
};

}  // namespace pinproof::conformance
