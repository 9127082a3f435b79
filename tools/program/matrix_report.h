// The kill matrix for a terminal: a row for each deviation, then what is wrong, then the counts.
#pragma once

#include <string>

#include "conformance/deviations/kill_matrix.h"
#include "reports/terminal_page.h"

namespace pinproof::program {

std::string matrix_report(const conformance::KillMatrix& matrix, double wall_seconds,
                          const reports::TerminalOptions& options);

}  // namespace pinproof::program
