// JUnit XML, in the dialect that GitHub's, GitLab's and Jenkins' readers all take (scenarios/schema/junit.xsd): testsuites, testsuite,
// testcase with name and classname, then failure, error or skipped, then system-out. What is a case, and what fails, is case_list.h.
#pragma once

#include <string>

#include "reports/report.h"

namespace pinproof::reports {

/// A whole document in UTF-8. Of the run's header it has the date and the seconds; the rest is equal for equal runs. Some megabytes at
/// most, whatever the result.
std::string render_junit(const Report& report);

}  // namespace pinproof::reports
