// Small wrongs done to a JSON text, for tests that two readers agree on what they refuse.
#pragma once

#include <string>

#include "sim/core/random.h"

namespace pinproof::conformance {

// How many to try.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr int kMutations = 4'000;  // ten times slower there
#else
inline constexpr int kMutations = 15'000;
#endif

/// `text` with one to three edits: bytes changed, inserted (with a taste for what has a meaning in JSON), removed, doubled, or cut off.
std::string mutated(std::string text, sim::Random& random);

}  // namespace pinproof::conformance
