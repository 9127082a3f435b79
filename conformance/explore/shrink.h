// Makes a case that shows something as small as it gets: fewer commands first, then plainer ones. Greedy, with a budget. Where that is of
// tries alone, nothing but the commands and the predicate decides, so that the same case always shrinks to the same one.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>

#include "conformance/explore/command.h"
#include "conformance/explore/small_world.h"

namespace pinproof::conformance {

/// Whether a case still shows it.
using StillShows = std::function<bool(const Commands&)>;

struct ShrinkOptions {
  /// A try plays a case, and most are short by then: some tenths of a millisecond each in the simulator.
  std::size_t tries_max = 3'000;
  /// Of the wall clock, for targets whose tries cost what they cost; nothing: no end.
  std::optional<std::chrono::milliseconds> time_max{};
};

/// `commands` show it. What comes out shows it too, and after it has come to an end within the budget, nothing that one step of
/// shrinking makes of it does.
Commands shrink(Commands commands, const SmallWorld& world, const StillShows& still_shows,
                const ShrinkOptions& options = {});

}  // namespace pinproof::conformance
