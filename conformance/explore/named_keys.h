// The user names of a small world, for a dialect that names sessions in them: one, and others that are the same in all but one part;
// rotating ones; and what is around the grammar, just inside its bounds and just outside.
#pragma once

#include <vector>

#include "conformance/explore/small_world.h"

namespace pinproof::conformance {

/// Sticky ones first, then rotating ones, then malformed ones.
std::vector<Key> named_keys(const TargetDescription& target);

}  // namespace pinproof::conformance
