// Searches for a broken promise: plays the cases of the corpus, then case after case, and makes a counterexample of each thing it finds.
// What comes out depends on the seed, the cases and the frozen corpus alone, not on the number of jobs; and what shards found together is
// what one run finds (merge.h).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "conformance/explore/corpus.h"
#include "conformance/explore/counterexample.h"
#include "conformance/explore/coverage.h"
#include "conformance/explore/draw.h"
#include "conformance/explore/exploration.h"

namespace pinproof::conformance {

/// How far a run is.
struct SoFar {
  const Coverage& coverage;
  std::uint64_t cases = 0;  // in all, with those of the corpus
  std::uint64_t commands = 0;
  std::size_t found = 0;
};

/// More cases are played between two looks at the clock; the first counterexample is the lowest case of a block that broke something.
inline constexpr std::uint64_t kCasesABlock = 256;

struct ExploreOptions {
  std::uint64_t seed = 1;
  std::uint64_t cases = 10'000;
  std::uint64_t shard = 1;  // of `shards`: the cases whose number leaves shard - 1 when divided by it
  std::uint64_t shards = 1;
  unsigned jobs = 1;
  std::uint64_t cases_a_block = kCasesABlock;  // fewer for a target that is slow
  bool keep_going = false;                     // to the last case, gathering different findings
  std::string program;
  const Corpus* corpus = nullptr;  // frozen: played first, and what cases are made of; null: nothing is kept
  DrawOptions drawing;
  ShrinkOptions shrinking;
  std::optional<ShrinkOptions> on_target{};  // of what the model does not show; nothing: it stays as it is
  std::set<std::string> ignored;             // requirements whose failure is no finding
  std::set<std::string> wanted;              // only these; empty: all others
  const std::atomic<bool>* stop = nullptr;
  std::function<bool()> out_of_time;           // asked between two blocks of cases
  std::function<void(const SoFar&)> on_block;  // for progress
};

/// Targets, each called from one thread at a time.
struct ExploreTargets {
  std::function<std::unique_ptr<Target>()> hunted;     // that cases are played on; one a job
  std::function<std::unique_ptr<Target>()> model;      // that they are shrunk on
  std::function<std::unique_ptr<Target>()> confirmed;  // that a counterexample is about
};

Exploration explore(const ExploreTargets& targets, const Catalogue& catalogue, const ExploreOptions& options);

}  // namespace pinproof::conformance
