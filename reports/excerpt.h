// The exchanges of a scenario that are worth showing: those that prove something, and their neighbours, which say what led to them. What
// lies between is counted, not shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include "reports/result.h"

namespace pinproof::reports {

struct ExcerptLine {
  const ExchangeLine* exchange = nullptr;  // null: `left_out` exchanges are not shown here
  bool proves = false;
  std::size_t left_out = 0;
};

/// Those of `proof`; where it is empty, those that the scenario itself calls evidence. Points into `exchanges`.
std::vector<ExcerptLine> excerpt(const std::vector<ExchangeLine>& exchanges, const std::set<std::uint64_t>& proof,
                                 bool whole = false);

}  // namespace pinproof::reports
