// How `pinproof explore` ends: what becomes of a result, whether it was searched for or put together from shards.
#pragma once

#include <optional>

#include "conformance/explore/exploration.h"
#include "tools/program/data.h"
#include "tools/program/options.h"
#include "tools/program/streams.h"

namespace pinproof::program {

/// The end of a search and of a merge: writes what is asked for, prints the report or JSON, and says what to leave with. `options`: where
/// to, and how the gateway is named in commands that play a counterexample again. `seconds`: that it took, where that is known.
int hand_over(const conformance::ExploreResult& result, const ExploreCommandOptions& options,
              std::optional<double> seconds, Streams& streams);

/// `pinproof explore --merge`.
int merge_shards(const ExploreCommandOptions& options, const Data& data, Streams& streams);

}  // namespace pinproof::program
