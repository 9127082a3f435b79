// A report as a flat list of test cases, which is all that JUnit, TAP and CTRF know: a case for every requirement, one for every
// scenario, and one for each run as a whole. What fails here is what makes `pinproof run` exit with 1, an error what makes it exit
// with 3; so CI that counts cases and CI that looks at the exit code say the same.
//
// A broken promise fails once: at its requirement. The scenarios that show it are skipped, "counted at H-STK-6"; a scenario that fails
// with no requirement to answer for it fails itself. With a ledger, what it names is known, and what is not as it says fails, in either
// direction; where it was compared by scenario only (the run was narrowed), requirements are skipped and scenarios fail.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "reports/report.h"

namespace pinproof::reports {

enum class Outcome : std::uint8_t {
  kPassed,
  kFailed,   // a promise is broken, or a verdict is not as the ledger says
  kError,    // nothing is known of the promise: a set-up or the harness failed, or the run was cut short
  kSkipped,  // not testable, not supported, inconclusive, not exercised; or it does not decide
  kKnown,    // broken, and the ledger says so
};

struct Case {
  std::string name;     // unique in its suite, equal in every run: "H-STK-6 no residential pin beyond 30 minutes"
  std::string verdict;  // the word, or "not played"
  Outcome outcome = Outcome::kPassed;
  std::string reason;               // one line: why it is not passed; empty where it is
  std::vector<std::string> detail;  // what shows it, a line each
  std::string file;                 // the scenario's; empty: none
};

/// One for each outcome.
using OutcomeCounts = std::array<std::size_t, 5>;

struct Suite {
  std::string name;  // "pinproof.requirements.helodata.core", "pinproof.scenarios.helodata.sticky", "pinproof.run"
  std::vector<Case> cases;
  OutcomeCounts left_out{};  // cases that did not fit
  std::size_t count(Outcome outcome) const;
  std::size_t size() const;
};

struct CaseList {
  std::vector<Suite> suites;       // of each result: the run, requirements by dialect and set, scenarios by topic
  std::vector<std::string> notes;  // on what did not fit; empty: all is there
  /// Those that did not fit are counted too.
  std::size_t count(Outcome outcome) const;
  std::size_t size() const;
};

/// Every text in it is one line of printable UTF-8 (escape.h), cut where it is too long. It is some megabytes at most (case_bound.h).
CaseList case_list(const Report& report);

}  // namespace pinproof::reports
