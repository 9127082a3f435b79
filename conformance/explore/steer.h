// The commands of case N of a run with a corpus: drawn afresh, or made of what the corpus has. A pure function of the seed, the number and
// the frozen corpus, so that shards and jobs agree; without a corpus it is draw().
#pragma once

#include <cstdint>

#include "conformance/explore/corpus.h"
#include "conformance/explore/draw.h"

namespace pinproof::conformance {

/// Half of the cases begin as one of the corpus, of which one to four things are changed: commands are replaced by fresh ones, put in, left
/// out or done twice, a wait is moved to a boundary, everybody's key is exchanged, another case or a fresh one follows.
/// `cases`: fitted to `world`.
Commands steered(std::uint64_t seed, std::uint64_t number, const std::vector<CorpusCase>& cases,
                 const SmallWorld& world, const DrawOptions& options = {});

}  // namespace pinproof::conformance
