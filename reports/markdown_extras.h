// The parts of a Markdown report that not every report has: the ledger, the comparison with an older run, the deviation matrix.
#pragma once

#include <cstddef>

#include "reports/compare.h"
#include "reports/markdown_page.h"
#include "reports/matrix.h"
#include "reports/result.h"

namespace pinproof::reports {

/// Each writes at most `share` bytes of lists, and a few lines beside.
void write_ledger(MarkdownPage& page, const LedgerOutcome& ledger, std::size_t share);
void write_comparison(MarkdownPage& page, const Comparison& comparison, std::size_t share);
void write_matrix(MarkdownPage& page, const Matrix& matrix, std::size_t share);

}  // namespace pinproof::reports
