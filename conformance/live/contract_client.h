// The controls of a target outside of this process: the clock and upstream contracts (docs/contracts.md) over HTTP.
//
// Whatever comes back is checked before it is believed; what is no usable answer throws ControlLost, with URL and cause and without the token.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "conformance/live/contract_call.h"
#include "conformance/live/controls.h"

namespace pinproof::conformance {

class HttpClockControl final : public ClockControl {
 public:
  HttpClockControl(mock_upstream::asio::io_context& io, ContractOptions options);

  ClockState state() override;
  ClockState advance_to(sim::Instant to) override;
  bool reset(std::uint64_t seed) override;

 private:
  ContractCall call_;
};

class HttpUpstreamControl final : public UpstreamControl {
 public:
  HttpUpstreamControl(mock_upstream::asio::io_context& io, ContractOptions options);

  ClockControl& clock() override { return clock_; }
  std::vector<sim::Exit> exits() override;
  void act(const sim::ExitEvent& event) override;
  void release(const std::string& token) override;
  /// What a reset of ours made the server forget is not asked for. Else what it has forgotten is a loss.
  std::vector<mock_upstream::JournalEntry> journal(std::uint64_t since) override;
  void reset() override;

 private:
  ContractCall call_;
  HttpClockControl clock_;
  std::vector<sim::Exit> exits_;  // as last listed
  bool forgotten_ = false;        // the journal, by a reset, and not read since
  std::uint64_t kept_from_ = 0;   // events before this number were forgotten by a reset
};

}  // namespace pinproof::conformance
