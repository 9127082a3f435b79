// Plays a scenario on a target: sends its steps, waits as it says, and hands what was seen, and what was expected, to a sink as a history.
// It decides nothing about pass or fail; that is the judge's.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "conformance/catalogue/catalogue.h"
#include "conformance/history/history_sink.h"
#include "conformance/scenario/scenario.h"
#include "conformance/target/target.h"

namespace pinproof::conformance {

struct PlayOptions {
  std::uint64_t seed =
      1;                // of the run: together with the scenario's id it gives the target's, so that scenarios differ
  std::string program;  // "pinproof 0.1.0", for the header
  /// A scenario that sends more is a mistake: a burst of bursts. Forty times the largest cap promised.
  std::uint64_t sent_max = 200'000;
  /// Told of a step that cannot be carried out, which is then left out; null: such a step ends the play.
  std::function<void(const Step&)> on_unreachable = {};
};

/// The header, then every record. A step that cannot be carried out ends the play with Trouble: setup_fail where the scenario could not
/// reach what it tests, not_testable or not_supported before anything is sent, harness_error where the target is lost.
void play(const Scenario& scenario, const Catalogue& catalogue, Target& target, const PlayOptions& options,
          HistorySink& sink);

/// The header that a history of that play has.
HistoryHeader header_of(const Scenario& scenario, const TargetDescription& target, const PlayOptions& options);

}  // namespace pinproof::conformance
