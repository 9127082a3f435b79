// The commands of one case. They depend on the seed, the number of the case and the world, and on nothing else, so that cases can be
// shared out in any way.
#pragma once

#include <cstdint>

#include "conformance/explore/command.h"
#include "conformance/explore/small_world.h"

namespace pinproof::conformance {

struct DrawOptions {
  std::size_t commands_max = 50;
  bool all_long = false;  // every case has commands_max, where a measurement wants it so
};

/// Swarm: each case draws a few of the keys, and a few kinds of commands with weights of their own, so that what hides under the average
/// of everything gets cases in which it is all there is. A quarter of the waits end near a boundary.
Commands draw(std::uint64_t seed, std::uint64_t number, const SmallWorld& world, const DrawOptions& options = {});

}  // namespace pinproof::conformance
