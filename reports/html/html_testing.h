// Reports for tests of the HTML renderer, with timelines, a comparison and a matrix, small and huge.
#pragma once

#include <cstddef>
#include <string>

#include "reports/report.h"

namespace pinproof::reports {

/// Result with_failures(), a timeline of its first scenario with a mark of every kind, compared with all_pass(), and a matrix.
Report full_report();

/// So many scenarios of so many promises, every tenth failed; with timelines of so many marks each.
Report huge_report(std::size_t verdicts, std::size_t timelines, std::size_t marks);

/// Puts `poison` into every string of the report.
void poison(Report& report, const std::string& poison);

}  // namespace pinproof::reports
