// The JSON of a vocabulary: conformance/vocabulary/<dialect>.json, a profile's, and the header of a history.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "conformance/history/vocabulary.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

Vocabulary read_vocabulary(const sim::JsonReader& json);

/// Only the words that differ from `usual`, as a profile says them; "" for a header that there is not.
Vocabulary read_vocabulary_over(const sim::JsonReader& json, Vocabulary usual);

sim::Parsed<Vocabulary> parse_vocabulary(std::string file, std::string_view text);

/// As read_vocabulary reads it back, on one line, without the fields that say nothing.
std::string vocabulary_text(const Vocabulary& vocabulary);

/// ROOT/conformance/vocabulary/DIALECT.json; ROOT is the folder that holds conformance/.
sim::Parsed<Vocabulary> load_vocabulary(const std::filesystem::path& root, std::string_view dialect);

}  // namespace pinproof::conformance
