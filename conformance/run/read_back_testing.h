// For tests that have a history at hand: what anybody who reads its file would make of it.
#pragma once

#include "conformance/catalogue/catalogue.h"
#include "conformance/history/history.h"
#include "conformance/judge/judge.h"

namespace pinproof::conformance {

/// `history` is written, read back and judged. A test fails where the reader does not come to the end of it, or where its judgement says
/// anything else than that of `history` itself.
Judgement judged_from_its_file(const History& history, const Catalogue& catalogue);

}  // namespace pinproof::conformance
