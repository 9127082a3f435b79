// Plays cases on a target of its own, and gathers what they show. One thread uses it at a time; several, put together, gathered what one
// would have.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "conformance/explore/breaches.h"
#include "conformance/explore/case_player.h"
#include "conformance/explore/corpus.h"
#include "conformance/explore/coverage_watch.h"
#include "conformance/explore/explorer.h"
#include "conformance/explore/kept.h"

namespace pinproof::conformance {

class ExploreJob {
 public:
  /// `corpus`: fitted cases to steer by; it, as the others, is to outlive the job.
  ExploreJob(std::unique_ptr<Target> target, const Catalogue& catalogue, const ExploreOptions& options,
             const std::vector<CorpusCase>& corpus);

  /// A case of the corpus. Its features are known from then on, once know() was told of them.
  void replay(const std::string& name, const CorpusCase& one);
  void play(std::uint64_t number);

  const std::vector<bool>& replayed() const { return replayed_; }  // by feature
  void know(const std::vector<bool>& features) { keeper_.know(features); }

  std::uint64_t commands() const { return commands_; }
  std::uint64_t unjudged() const { return unjudged_; }
  std::size_t lost_in_a_row() const { return lost_in_a_row_; }
  const CoverageWatch& watch() const { return watch_; }
  const std::set<std::string>& troubles() const { return troubles_; }
  const Breaches& breaches() const { return breaches_; }
  const Keeper& keeper() const { return keeper_; }
  const SmallWorld& world() const { return world_; }
  const Readings& readings() const { return target_->description().readings; }

 private:
  /// Whether it was judged.
  bool play(const CaseOrigin& origin, const CorpusCase& one);
  void note(const Finding& finding, const CaseOrigin& origin, const Commands& commands);

  std::unique_ptr<Target> target_;
  SmallWorld world_;
  CoverageWatch watch_;
  CasePlayer player_;
  const ExploreOptions& options_;
  const std::vector<CorpusCase>& corpus_;
  std::string id_;
  std::uint64_t commands_ = 0;
  std::uint64_t unjudged_ = 0;
  std::size_t lost_in_a_row_ = 0;  // cases that could not be played to their end
  std::set<std::string> troubles_;
  Breaches breaches_;
  Keeper keeper_;
  std::vector<bool> replayed_;
};

}  // namespace pinproof::conformance
