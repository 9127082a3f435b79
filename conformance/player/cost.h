// What a scenario asks of a target beside its capabilities: how long its own waits are, how much it sends, and what its origin has to be
// able to do. Found out from its steps, before anything is sent.
#pragma once

#include <cstdint>
#include <string>

#include "conformance/scenario/scenario.h"

namespace pinproof::conformance {

struct Cost {
  Duration duration{};         // of its waits and bursts; what answers take comes on top
  std::uint64_t requests = 0;  // calls of the sessions API included
  std::uint64_t at_once = 0;   // the most that are sent at one instant
  std::string origin_wish;     // what no page of somebody else's does: "a second host"; empty: any page will do
};

Cost cost_of(const Scenario& scenario);

}  // namespace pinproof::conformance
