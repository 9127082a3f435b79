// A history as people read it: one line an exchange, a call, or a deed done to an exit, with what matters of each said in words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include "conformance/history/history.h"
#include "reports/result.h"

namespace pinproof::conformance {

/// A report shows so many lines of a scenario at most; what it leaves out, it counts.
inline constexpr std::size_t kExchangesMax = 40;
/// Of a longer history, the lines before each piece of evidence that are shown with it.
inline constexpr std::size_t kExchangesBefore = 3;

/// `evidence` are the ids of the observations that prove the verdict.
std::vector<reports::ExchangeLine> exchange_lines(const History& history, const std::set<std::uint64_t>& evidence);

}  // namespace pinproof::conformance
