// The files of `pinproof explore`: what a search leaves in the folder of --out and in the corpus, and what --merge reads again.
//
//   OUT/explore.json                          what was found, see conformance/explore/exploration_json.h
//   OUT/kept.json                             of a run with a corpus: its least case for each feature
//   OUT/DIALECT/explore/REQUIREMENT-SIGNATURE.json   a counterexample, a scenario that can be played
//   CORPUS/DIALECT/DIGEST.json                a case
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/explore/exploration.h"
#include "conformance/explore/merge.h"
#include "tools/program/options.h"

namespace pinproof::program {

/// Where a counterexample stands in the folder of --out.
std::filesystem::path file_of(const std::string& dialect, const conformance::Counterexample& one);

/// What is in the way of writing to OUT, and with `writes_corpus` to CORPUS, each where it is named; "" where nothing is. Makes the
/// folders. OUT is of one run: where another left its explore.json, its counterexamples would stand beside those of this one.
std::string unwritable(const ExploreCommandOptions& options, bool writes_corpus);

/// What could not be written: a sentence each. Each file is whole or not there.
std::vector<std::string> write_out(const conformance::ExploreResult& result, const std::filesystem::path& folder);

/// Adds what was kept, thinned out, and removes nothing. The same.
std::vector<std::string> write_corpus(const conformance::ExploreResult& result, const std::filesystem::path& folder);

/// Why that corpus is not the one that the run was steered by: one sentence; "" where it is.
std::string unlike_corpus(const conformance::ExploreResult& result, const std::filesystem::path& folder);

/// What write_out left; or what is wrong with it.
std::variant<conformance::ShardResult, std::string> read_shard(const std::filesystem::path& folder,
                                                               const conformance::Catalogue& catalogue);

}  // namespace pinproof::program
