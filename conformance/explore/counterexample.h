// From a case that broke a promise to a scenario that shows it: shrunk on the model, or where that does not show it on the target it is about;
// named, and tried on that target.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "conformance/explore/breaches.h"
#include "conformance/explore/case_player.h"
#include "conformance/explore/command.h"
#include "conformance/explore/shrink.h"
#include "conformance/explore/small_world.h"

namespace pinproof::conformance {

struct Counterexample {
  Scenario scenario;
  std::string requirement;
  std::string signature;
  std::string reason;  // in the judge's words
  CaseOrigin origin;
  std::size_t commands = 0;  // in that case
  std::size_t tries = 0;     // of shrinking
  bool reproduced = false;   // by another play of the same commands, on what it was shrunk on
  bool confirmed = false;    // on the target
  std::string same_as;       // id of an earlier one that tells the same story of the same requirement; empty: none
};

/// Puts them in order of their cases, and says which tell what an earlier one told: two ways in which the judge said it, and one story.
void tell_apart(std::vector<Counterexample>& all);

/// Of a judge's reason: what stays the same when addresses, times and ids change.
std::string signature_of(const std::string& reason);

/// "helodata/explore/h-pin-1-0a1b2c3d".
std::string id_of(const std::string& dialect, const std::string& requirement, const std::string& signature);

struct CounterexampleOptions {
  std::uint64_t seed = 1;                    // of the run
  std::string program;                       // "pinproof 0.1.0"
  std::string corpus;                        // digest of the frozen one, of which cases were made; empty: none
  ShrinkOptions shrinking;                   // on the model
  std::optional<ShrinkOptions> on_target{};  // where the model does not show it; nothing: it is not shrunk then
};

/// A breach of a target that went away before the case could be played again: as it was found, neither shrunk nor confirmed. `why`: in
/// words, how it went.
Counterexample as_it_was_found(const Breach& breach, const SmallWorld& world, const Readings& readings,
                               const Catalogue& catalogue, const CounterexampleOptions& options,
                               const std::string& why);

/// `model` plays in `world`, `target` in `target_world`: those differ in the size of caps alone.
Counterexample counterexample_of(const Breach& breach, CasePlayer& model, const SmallWorld& world, CasePlayer& target,
                                 const SmallWorld& target_world, const Catalogue& catalogue,
                                 const CounterexampleOptions& options);

}  // namespace pinproof::conformance
