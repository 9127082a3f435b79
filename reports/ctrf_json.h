// CTRF, the Common Test Report Format (ctrf.io): one JSON object that chat bots and dashboards read. What is a case, and what fails, is
// case_list.h. An error is `failed`, since nothing else stops a reader of CTRF; `rawStatus` has the verdict word.
#pragma once

#include <string>

#include "reports/report.h"

namespace pinproof::reports {

/// Indented by two spaces, with a newline at the end. `start` and `stop` are the run's, as far as its header says; verdicts are judged
/// over whole scenarios, so no test has a duration.
std::string render_ctrf(const Report& report);

}  // namespace pinproof::reports
