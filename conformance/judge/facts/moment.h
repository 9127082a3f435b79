// An instant, and where it is known its place in the client's own order of sends, answers and deeds, which tells what happened at one
// instant apart.
#pragma once

#include <cstdint>

#include "conformance/history/history.h"

namespace pinproof::conformance {

struct Moment {
  Moment(Instant instant, std::uint64_t place = 0) : at(instant), order(place) {}  // NOLINT: an instant is a moment
  Instant at;
  std::uint64_t order;  // 0: not known
};

}  // namespace pinproof::conformance
