// A list of sessions held against one pinned session whose state is known for sure.
#pragma once

#include <vector>

#include "conformance/judge/facts/holding.h"
#include "conformance/judge/pins/pin_step.h"

namespace pinproof::conformance {

struct ListStep {
  const Asked& asked;
  const Pin& pin;
  bool over = false;                         // its window was surely over; else it is surely alive
  bool maybe_lost = false;                   // its exit may have been lost since it was last used
  bool whole_window = true;                  // from its start to its end: not so where a re-pin moved only the one
  std::vector<const ListedSession*> rows{};  // that may be this session
};

void h_ext_3(const ListStep& step, Holdings& holdings);

}  // namespace pinproof::conformance
