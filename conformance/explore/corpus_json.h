// The text of a corpus's entry.
//
//   {"case": 1, "generator": 1, "dialect": "helodata", "play_seed": "00000000000000a7", "commands": [{"do": "request"}]}
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "conformance/explore/corpus.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

/// A line a command. The same case always gives the same text.
std::string corpus_case_to_json(const std::string& dialect, const CorpusCase& one);

/// Nothing: of another generator, whose commands cannot be read.
sim::Parsed<std::optional<CorpusCase>> parse_corpus_case(std::string file, std::string_view text,
                                                         const std::string& dialect);

}  // namespace pinproof::conformance
