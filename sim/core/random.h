// The one source of chance: a seeded generator (xoshiro256**) with its own distributions, all in integers, so that the same seed
// gives the same numbers with every compiler and standard library. One seed is split into independent streams, one a subsystem, so
// that drawing more in one does not move another.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/core/time.h"

namespace pinproof::sim {

class Random {
 public:
  explicit Random(std::uint64_t seed);

  /// An independent stream named `purpose`: depends on the seed and the name only, not on what has been drawn here.
  Random split(std::string_view purpose) const;

  std::uint64_t bits();

  /// Uniform in [0, bound); `bound` is at least 1. Unbiased.
  std::uint64_t below(std::uint64_t bound);

  /// Uniform in [low, high], both included; low <= high.
  std::int64_t between(std::int64_t low, std::int64_t high);

  /// True in `numerator` of `denominator` draws.
  bool chance(std::uint64_t numerator, std::uint64_t denominator);

  /// Exponentially distributed with the given mean, computed in fixed point; at least 1 ns. `mean` is positive.
  Duration exponential(Duration mean);

 private:
  std::uint64_t seed_;
  std::array<std::uint64_t, 4> state_;
};

}  // namespace pinproof::sim
