// The exit code of a run: what a script that looks at nothing else has to know.
//
//   0  nothing unexpected                 3  the target could not be reached, or a set-up or the harness failed
//   1  a promise broken                   4  with `strict`: something inconclusive, not testable or not exercised
//
// 1 beats 3 beats 4; 2, for usage and input errors, is the program's own. Best-effort rows never cause 1, and rows of the extended set
// only where that set decides. A run that executed nothing is never 0.
// With a ledger 1 means that something is not as it says, and a verdict that is expected causes nothing.
#pragma once

#include "reports/result.h"

namespace pinproof::conformance {

int exit_code(const reports::Result& result, bool strict);

}  // namespace pinproof::conformance
