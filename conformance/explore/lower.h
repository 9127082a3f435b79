// From commands to a scenario: one pure function. What a command cannot find (a session never used, something never begun) it leaves
// out. No expectations: the judge's monitors are the only oracle.
#pragma once

#include <cstddef>
#include <vector>

#include "conformance/explore/command.h"
#include "conformance/explore/small_world.h"
#include "conformance/scenario/scenario.h"

namespace pinproof::conformance {

struct Lowered {
  Scenario scenario;                  // without id, title and requirements
  std::vector<std::size_t> commands;  // by step: the command that it comes of; of a group its first
  std::vector<std::uint8_t> keys;     // by number of a label ("r3" is the third): the key of what was sent
};

/// `named`: with the users that occur by name, as a file has them.
Lowered lower(const Commands& commands, const SmallWorld& world, bool named = false);

}  // namespace pinproof::conformance
