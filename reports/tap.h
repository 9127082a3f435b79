// TAP 14, the Test Anything Protocol: a version line, a plan, a line for every case, and YAML under those that are not ok. What is a case,
// and what fails, is case_list.h. A known failure of the ledger is "not ok … # TODO", which TAP has for just that; what could not be
// judged is "ok … # SKIP" with the reason.
#pragma once

#include <string>

#include "reports/report.h"

namespace pinproof::reports {

/// Equal for equal runs; some megabytes at most.
std::string render_tap(const Report& report);

}  // namespace pinproof::reports
