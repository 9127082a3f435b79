// Small wrongs done to a JSON text, for tests that two readers agree on what they refuse.
#pragma once

#include <string>

#include "sim/core/random.h"

namespace pinproof::conformance {

/// `text` with one to three edits: bytes changed, inserted (with a taste for what has a meaning in JSON), removed, doubled, or cut off.
std::string mutated(std::string text, sim::Random& random);

}  // namespace pinproof::conformance
