// Puts the results of shards together to that of one run. The law: for any search, and any number of shards,
//
//   merged(shard 1 of N, …, shard N of N) == the result of one run of all its cases
//
// to the byte of what is written of it. Everything in a result is a sum, a union, an intersection, or the least by an order of the cases, and
// each of these is the same in whatever parts it is taken.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "conformance/explore/exploration.h"

namespace pinproof::conformance {

struct ShardResult {
  std::string name;  // for messages: where it was found
  ExploreResult result;
};

/// In any order. One sentence where they are not all the shards of one run, each once and played to its end.
std::variant<ExploreResult, std::string> merged(const std::vector<ShardResult>& shards);

}  // namespace pinproof::conformance
