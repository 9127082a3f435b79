// Picks exits for requests and sessions: seeded, uniform over what matches (H-ROT-1, H-ROT-5). It knows where exits are, not which
// of them are up.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/core/exit.h"
#include "sim/core/lookup_table.h"
#include "sim/core/random.h"

namespace pinproof::sim {

/// The exits that match one filter, found once and kept.
enum class CandidatesId : std::uint32_t {};

class ExitPicker {
 public:
  ExitPicker(const std::vector<Exit>& exits, Random random);

  /// Only filters that match something are kept, so that what clients make up does not pile up.
  CandidatesId candidates(const ExitFilter& wanted);

  /// What they were found by.
  const ExitFilter& filter(CandidatesId candidates) const { return filters_[static_cast<std::size_t>(candidates)]; }

  /// A uniform pick among those candidates that are acceptable; kNoExit when none is.
  ExitId pick(CandidatesId among, const std::function<bool(ExitId)>& acceptable);

  /// Of the acceptable candidates, a uniform pick among those free at `now`; when none is free, the one free first. `free_at` says when.
  ExitId pick_free(CandidatesId among, const std::function<bool(ExitId)>& acceptable, Instant now,
                   const std::function<Instant(ExitId)>& free_at);

 private:
  const std::vector<Exit>& exits_;
  Random random_;
  std::vector<std::vector<ExitId>> candidates_;
  std::vector<ExitFilter> filters_;
  LookupTable<std::string, std::uint32_t> known_;
};

}  // namespace pinproof::sim
