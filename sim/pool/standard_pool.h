// The exits that scenarios play on where they bring none of their own: one loopback address each, from 127.20.0.1 on, so that the lab
// can bind the very same. Small enough to read, varied enough that every way of asking for an exit has at least two that match and
// two that do not; jp has exactly two residential ones, so that a pool is soon exhausted.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/core/exit.h"

namespace pinproof::sim {

/// 41 exits: us (ca, ny, tx), de, fr, gb, br, jp residential; us and de mobile.
std::vector<Exit> standard_pool();

/// The largest pool of this kind: what the addresses from 127.20.0.1 to 127.254.255.250 can tell apart.
inline constexpr std::size_t kStandardPoolMax = 235UL * 256 * 250;

/// A pool of `exits`, up to kStandardPoolMax: the standard one, over and over, with addresses of their own.
std::vector<Exit> standard_pool(std::size_t exits);

}  // namespace pinproof::sim
