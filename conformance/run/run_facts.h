// What a report says of a run beside its verdicts: who was tested, how it was reached, what could be seen there, and how the promises were
// read.
#pragma once

#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/target/target.h"
#include "reports/result.h"

namespace pinproof::conformance {

/// Fills in `target` (but for its rules), `capabilities` and `readings`. `targets`: one for each dialect, in the order of the report.
void say_facts(const std::vector<TargetDescription>& targets, const Catalogue& catalogue, reports::Result& result);

/// Gives each piece of evidence the replay command of its scenario.
void cite_replays(reports::Result& result);

}  // namespace pinproof::conformance
