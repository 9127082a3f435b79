// The rules about rotating requests and about tunnels, one a requirement, each in a file of its own name.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "conformance/judge/facts/asked.h"
#include "conformance/judge/facts/exchange.h"
#include "conformance/judge/facts/holding.h"

namespace pinproof::conformance {

/// A request that was answered through an exit, beside what its connection had before it.
struct RotationStep {
  const HistoryHeader& header;
  const Exchange& exchange;
  const Asked& asked;
  std::optional<std::string> tunnel_exit;      // of the tunnel that it went through, as first seen
  std::optional<std::string> connection_exit;  // of the last request on this connection of the same user name
  std::uint64_t before = 0;                    // that observation
};

using RotationRule = void (*)(const RotationStep& step, Holdings& holdings);

void h_rot_2(const RotationStep& step, Holdings& holdings);
void h_rot_4(const RotationStep& step, Holdings& holdings);
void h_rot_5(const RotationStep& step, Holdings& holdings);
void h_rot_6(const RotationStep& step, Holdings& holdings);

/// All of them, in the order of the catalogue.
std::span<const RotationRule> rotation_rules();

/// What is counted over the first requests of connections: a hit is the exit that the same user name had just before. A trial is counted by
/// the first that takes it; the narrower one comes first.
struct RotationTrial {
  std::string_view requirement;
  std::string_view counted;
  bool (*takes)(const Observation& seen);
};

extern const RotationTrial h_rot_1;
extern const RotationTrial h_rot_3;

const RotationTrial& rotation_trial_of(const Observation& seen);

}  // namespace pinproof::conformance
