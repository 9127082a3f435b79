// What the verdicts of a run come to: of the whole run, and of each dialect's core and extended set, which is the score that a report opens
// with.
#pragma once

#include <string>
#include <vector>

#include "reports/result.h"

namespace pinproof::conformance {

/// Whether a row counts for the result of the run: it is of the set that decides, and there is a way to show it at all.
bool decides(const reports::RequirementResult& row, const reports::Result& result);

/// A row that decides is broken. What is best effort is reported only.
bool promise_broken(const reports::Result& result);

/// "fail", "inconclusive", "partial" or "pass": whether a deciding row failed; is undecided, or nothing passed; was left out or kept from
/// being judged; or all of them passed.
std::string result_word(const reports::Result& result);

/// A line for each dialect that was played and each set that has rows there, core before extended. Rows of both dialects count in each. The
/// same words as of the whole run, of these rows and of the scenarios that speak for them.
std::vector<reports::ProfileResult> score(const reports::Result& result);

/// How many of each verdict word, every word present.
reports::Statistics count_verdicts(const std::vector<std::string>& verdicts);

}  // namespace pinproof::conformance
