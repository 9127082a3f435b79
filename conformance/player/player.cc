#include "conformance/player/player.h"

#include <mutex>

#include "conformance/player/cost.h"
#include "conformance/player/needs.h"
#include "conformance/player/steps.h"
#include "sim/core/digest.h"

namespace pinproof::conformance {
namespace {

/// Held by the one play that needs the process's files for itself.
std::mutex crowds;

}  // namespace

HistoryHeader header_of(const Scenario& scenario, const TargetDescription& target, const PlayOptions& options) {
  HistoryHeader header;
  header.program = options.program;
  header.scenario = scenario.id;
  header.title = scenario.title;
  header.requirements = scenario.requirements;
  header.dialect = target.dialect;
  header.target = target.name;
  header.target_kind = target.kind;
  header.seed = options.seed;
  header.clock = target.clock;
  header.clock_scale = target.clock_scale;
  header.epoch = target.epoch;
  header.tolerance = target.tolerance;
  header.readings = target.readings;
  header.promised = target.promised;
  header.vocabulary = target.vocabulary;
  header.capabilities = target.capabilities;
  header.exits = target.exits;
  header.varying = target.varying;
  for (const NotOffered& row : target.not_offered) header.not_offered.push_back(row.what);
  return header;
}

void play(const Scenario& scenario, const Catalogue& catalogue, Target& target, const PlayOptions& options,
          HistorySink& sink) {
  sink.header(header_of(scenario, target.description(), options));
  if (const auto trouble = unplayable(scenario, catalogue, target.description())) {
    sink.record(*trouble);
    return;
  }
  std::unique_lock turn(crowds, std::defer_lock);
  if (const auto crowd = target.description().crowd; crowd && cost_of(scenario).at_once > *crowd) turn.lock();
  StepPlayer player(scenario, target, options, sink);
  std::string step;  // that is played
  try {
    target.reset(sim::digest_of(scenario.id, options.seed));
    for (const Step& next : scenario.steps) {
      step = next.pointer;
      if (const auto failure = player.play(next)) {
        if (options.on_unreachable && failure->verdict == Verdict::kSetupFail) {
          options.on_unreachable(next);
          continue;
        }
        player.conclude();
        sink.record(Trouble{failure->verdict, next.pointer, failure->what, target.now()});
        return;
      }
    }
    player.conclude();
  } catch (const TargetLost& lost) {
    player.salvage();
    sink.record(Trouble{Verdict::kHarnessError, step, lost.what(), target.now()});
  }
}

}  // namespace pinproof::conformance
