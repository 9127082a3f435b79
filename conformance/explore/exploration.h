// What a search was asked for and what it found, as plain data: of a whole run, of one shard, or of shards put together (merge.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "conformance/explore/counterexample.h"
#include "conformance/explore/coverage.h"
#include "conformance/explore/kept.h"

namespace pinproof::conformance {

/// Only what played all its cases can be put together with others to what one run would have found.
enum class Ended : std::uint8_t { kAllPlayed, kAtAFinding, kOutOfTime, kInterrupted, kTargetLost };

std::string_view to_string(Ended ended);

/// The corpus as the run found it.
struct FrozenCorpus {
  std::size_t cases = 0;
  std::string digest;
  std::size_t features = 0;  // that its cases have
  bool operator==(const FrozenCorpus&) const = default;
};

struct Exploration {
  std::uint64_t cases = 0;     // that were judged, with those of the corpus
  std::uint64_t unjudged = 0;  // that could not be: `troubles` say why
  std::uint64_t commands = 0;
  Coverage coverage;
  std::vector<Counterexample> counterexamples;  // in order of their cases
  std::vector<std::string> troubles;            // harness errors, each text once, sorted; at most kTroublesMax
  Ended ended = Ended::kAllPlayed;
  std::optional<FrozenCorpus> corpus;  // nothing: the run had none
  std::vector<KeptCase> kept;          // of a run with a corpus: the least case of each feature that it lacks
};

/// A target that fails to play says so in every case, in words of its own.
inline constexpr std::size_t kTroublesMax = 20;

struct DialectExploration {
  std::string dialect;
  std::vector<std::string> boundaries;  // names, in the order of Coverage::boundaries
  Exploration exploration;
  std::vector<std::string> unreached;  // what coverage lacks, see unreached()
};

/// What all shards of one run were asked alike. Two runs with equal ones, of the same corpus, find the same.
struct Search {
  std::string version;  // of the program
  int generator = 0;
  std::uint64_t seed = 1;
  std::uint64_t cases = 0;                // of each dialect
  std::uint64_t commands = 0;             // of the longest
  std::string target;                     // "sim", "lab", or a profile
  std::string gateway;                    // the names of its rules, or the profile's
  std::string rules;                      // digest of the file; empty: those that ship
  std::string deviate;                    // empty: nothing
  std::string readings;                   // digest of the file; empty: the defaults
  std::string set;                        // of requirements
  std::vector<std::string> requirements;  // only these; empty: all of the set
  bool keep_going = false;
  bool operator==(const Search&) const = default;
};

struct ExploreResult {
  Search search;
  std::uint64_t shard = 1;
  std::uint64_t shards = 1;
  std::vector<DialectExploration> dialects;
};

}  // namespace pinproof::conformance
