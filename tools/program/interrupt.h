// Ctrl-C (SIGINT) and SIGTERM, as a flag that long work looks at between two pieces. The second signal ends the process at once, as if
// nobody listened.
#pragma once

#include <atomic>

namespace pinproof::program {

/// From the first call on the first signal only sets the flag that is returned, which lives as long as the program.
const std::atomic<bool>& listen_for_interrupts();

}  // namespace pinproof::program
