// Keeps a list of cases to some megabytes, whatever the result: GitLab refuses reports of JUnit over 30 MB, Jenkins keeps each in memory.
// What does not fit goes in this order: what shows a verdict, the end of a long reason, and then whole cases. Each time what passed goes
// first, then what was skipped, then what is known, and what failed last; and it is said how much is gone.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "reports/case_detail.h"
#include "reports/case_list.h"

namespace pinproof::reports {

/// A case that may yet find no room.
struct CaseDraft {
  std::size_t suite = 0;                                         // index of its suite's name
  Case one;                                                      // without its detail
  std::function<std::vector<std::string>(CaseDetails&)> detail;  // empty: none
  bool is_run = false;                                           // always there: it says what is left out
};

/// In the order of `drafts`, under the names of their suites.
CaseList bounded(const std::vector<std::string>& suites, std::vector<CaseDraft> drafts);

}  // namespace pinproof::reports
