// Which broken promises decide a run, and which are only reported. One place, so that what a person reads, what turns CI red and what a
// badge counts are the same.
#pragma once

#include <string>
#include <string_view>

#include "reports/result.h"

namespace pinproof::reports {

/// Why `requirement` may be broken and yet not decide a run whose deciding set is `deciding_set`; empty where it decides.
std::string why_it_does_not_decide(const RequirementResult& requirement, std::string_view deciding_set);

/// A promise that is broken, and decides.
bool is_broken(const RequirementResult& requirement, std::string_view deciding_set);

}  // namespace pinproof::reports
