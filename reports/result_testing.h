// Results to render in tests: the shapes that a run can have, small enough to read in a snapshot.
#pragma once

#include "reports/result.h"

namespace pinproof::reports {

Result all_pass();
Result with_failures();  // two broken promises, one of them best-effort; a scenario that failed on its own
Result with_inconclusive();
Result partial();  // not testable and not exercised rows
Result interrupted();
Result only_setup_fail();
Result with_ledger();            // known failures, a new one, one that is none any more, one whose entry has run out
Result with_histories();         // of a profile, with the files that it was judged from
Result ten_thousand_failures();  // twice as many scenarios, and a ledger as long
Result hostile();                // a target that answers with escape sequences

}  // namespace pinproof::reports
