#include "conformance/player/player.h"

#include "conformance/player/needs.h"
#include "conformance/player/steps.h"
#include "sim/core/digest.h"

namespace pinproof::conformance {

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
  return header;
}

void play(const Scenario& scenario, const Catalogue& catalogue, Target& target, const PlayOptions& options,
          HistorySink& sink) {
  sink.header(header_of(scenario, target.description(), options));
  if (const auto trouble = unplayable(scenario, catalogue, target.description())) {
    sink.record(*trouble);
    return;
  }
  target.reset(sim::digest_of(scenario.id, options.seed));
  StepPlayer player(scenario, target, options, sink);
  for (const Step& step : scenario.steps) {
    if (const auto failure = player.play(step)) {
      player.conclude();
      sink.record(Trouble{failure->verdict, step.pointer, failure->what, target.now()});
      return;
    }
  }
  player.conclude();
}

}  // namespace pinproof::conformance
