// From a case that broke a promise to a scenario that shows it: shrunk on the model, named, and tried on the target it is about.
#pragma once

#include <cstdint>
#include <string>

#include "conformance/explore/case_player.h"
#include "conformance/explore/command.h"
#include "conformance/explore/shrink.h"
#include "conformance/explore/small_world.h"

namespace pinproof::conformance {

/// What a case broke. Two cases that broke the same requirement in the same words, numbers and names aside, found the same thing.
struct Breach {
  std::string requirement;
  std::string signature;     // eight hexadecimal digits
  std::uint64_t number = 0;  // of the case
  Commands commands;
};

struct Counterexample {
  Scenario scenario;
  std::string requirement;
  std::string reason;        // in the judge's words
  std::uint64_t number = 0;  // of the case it came of
  std::size_t commands = 0;  // in that case
  std::size_t tries = 0;     // of shrinking
  bool reproduced = false;   // by another play of the same commands, on the model
  bool confirmed = false;    // on the target
};

/// Of a judge's reason: what stays the same when addresses, times and ids change.
std::string signature_of(const std::string& reason);

/// "helodata/explore/h-pin-1-0a1b2c3d".
std::string id_of(const std::string& dialect, const Breach& breach);

struct CounterexampleOptions {
  std::uint64_t seed = 1;  // of the run
  std::string program;     // "pinproof 0.1.0"
  ShrinkOptions shrinking;
};

/// `model` plays in `world`, `target` in `target_world`: those differ in the size of caps alone.
Counterexample counterexample_of(const Breach& breach, CasePlayer& model, const SmallWorld& world, CasePlayer& target,
                                 const SmallWorld& target_world, const Catalogue& catalogue,
                                 const CounterexampleOptions& options);

}  // namespace pinproof::conformance
