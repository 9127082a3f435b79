// How a promise was read, in words: a row says "over_cap=clamp", and the result says elsewhere what that means.
#pragma once

#include <string>
#include <vector>

#include "reports/result.h"

namespace pinproof::reports {

/// "over_cap=clamp: the window is cut to the cap" for each reading that the verdict used; without the meaning where the result has none.
std::vector<std::string> explained_readings(const RequirementResult& row, const Result& result);

}  // namespace pinproof::reports
