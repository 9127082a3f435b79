// The commands of a case as JSON, for the entries of a corpus and what shards hand on: an object a command, in which what is plainest is
// left out, so that the same commands always give the same text.
//
//   [{"do": "request", "key": 2}, {"do": "wait", "span": 6, "offset": 1, "after": "opened"}, {"do": "exit", "action": "drop"}]
//
// Numbers are places in the lists of a small world, and mean what that world's generator means by them: see kGenerator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "conformance/explore/command.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

/// Raised whenever the same commands would come to mean something else: a field, or the order in a list of the small world.
inline constexpr int kGenerator = 1;

nlohmann::ordered_json commands_to_json(const Commands& commands);

/// More make one case a long run.
inline constexpr std::size_t kCommandsMax = 500;

/// 1 to kCommandsMax of them.
Commands read_commands(const sim::JsonReader& json);

/// 16 lower-case hexadecimal digits: JSON's numbers are not made for 64 bits.
std::string seed_text(std::uint64_t seed);
std::uint64_t read_seed(const sim::JsonReader& json);

}  // namespace pinproof::conformance
