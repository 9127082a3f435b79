// What the program's exit code says. The same meaning for every subcommand; `pinproof --help` prints this table.
#pragma once

#include <string_view>

namespace pinproof::program {

enum ExitCode : int {
  kNothingUnexpected = 0,
  kPromiseBroken = 1,  // also: a deviation that survives, a run that does not repeat itself, a ledger not met
  kInputError = 2,     // usage, a malformed file, a filter that matches nothing
  kCouldNotRun = 3,    // a set-up or the harness failed, something is missing or cannot be written, it was interrupted
  kUndecided = 4,      // with --strict: something was inconclusive, not testable or not exercised
};

inline constexpr std::string_view kExitCodeTable =
    "Exit codes:\n"
    "  0  nothing unexpected\n"
    "  1  a promise was broken, a deviation survived, or a run did not repeat itself; with --expect: something\n"
    "     is not as the ledger says, in either direction\n"
    "  2  wrong usage or input, which includes a filter that matches nothing\n"
    "  3  a set-up or the harness failed, something is missing or cannot be written, or the run was interrupted\n"
    "  4  with --strict: something was inconclusive, not testable or not exercised\n"
    "1 beats 3 beats 4. Best-effort requirements never cause 1; those of the extended set\n"
    "do only with --set extended.\n";

}  // namespace pinproof::program
