// A corpus: cases that exercised something, kept from one run to the next. It is a folder, and a case is a file in it, named by its content:
//
//   CORPUS/helodata/1d2c3b4a59687786.json
//
// The same case is the same file wherever it came from, so that two corpora are merged by copying one into the other. A run reads it at the
// start and never again: what cases it plays depends on what it then was, the frozen corpus, and on nothing that is found meanwhile.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/explore/command.h"
#include "conformance/explore/small_world.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

struct CorpusCase {
  std::uint64_t play_seed = 0;
  Commands commands;
  bool operator==(const CorpusCase&) const = default;
};

/// Of one dialect.
struct Corpus {
  std::vector<std::pair<std::string, CorpusCase>> cases;  // by name, sorted
  std::vector<std::string> skipped;                       // files of another generator, whose numbers mean other things

  /// Of all names, and so of all that is in it: 16 hexadecimal digits. Equal: the same frozen corpus.
  std::string digest() const;
};

/// Sixteen hexadecimal digits: the digest of the text of the file, without ".json".
std::string name_of(const std::string& dialect, const CorpusCase& one);

/// More files are a mistake: a run keeps some hundreds at most.
inline constexpr std::size_t kCorpusCasesMax = 100'000;

/// FOLDER/DIALECT/*.json. A folder that is not there is empty. A file that is broken, or whose name is not its digest, is an error, since
/// somebody changed it; one of another generator is named in `skipped`.
sim::Parsed<Corpus> load_corpus(const std::filesystem::path& folder, const std::string& dialect);

/// With each number that is no place in a list of `world` made one, so that a case of any world can be played in it.
Commands fitted(Commands commands, const SmallWorld& world);

}  // namespace pinproof::conformance
