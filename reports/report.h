// All that a renderer is given: the results of one or more runs, and what was gathered to go with them. Every renderer is a function from it
// to text, `std::string render_X(const Report&, const XOptions&)`; those whose format has no place for a part leave it out.
#pragma once

#include <optional>
#include <vector>

#include "reports/compare.h"
#include "reports/matrix.h"
#include "reports/result.h"
#include "reports/timeline.h"

namespace pinproof::reports {

struct Report {
  std::vector<Result> results;           // at least one, or a matrix
  std::optional<Comparison> comparison;  // of the last result with an older one
  std::vector<Timeline> timelines;       // of scenarios whose histories were at hand
  std::optional<Matrix> matrix;          // of the gateways that are wrong on purpose
};

}  // namespace pinproof::reports
