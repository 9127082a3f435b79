#include "conformance/run/scenario_run.h"

#include <fstream>
#include <optional>
#include <set>
#include <utility>

#include "conformance/history/history_writer.h"
#include "conformance/player/player.h"
#include "conformance/run/exchange_lines.h"
#include "conformance/run/sha256.h"
#include "conformance/run/timing.h"

namespace pinproof::conformance {
namespace {

/// Hands a history on to several sinks.
class Fan final : public HistorySink {
 public:
  explicit Fan(std::vector<HistorySink*> sinks) : sinks_(std::move(sinks)) {}
  void header(const HistoryHeader& header) override {
    for (HistorySink* const sink : sinks_) sink->header(header);
  }
  void record(const Record& record) override {
    for (HistorySink* const sink : sinks_) sink->record(record);
  }

 private:
  std::vector<HistorySink*> sinks_;
};

std::set<std::uint64_t> evidence_of(const Judgement& judgement) {
  std::set<std::uint64_t> evidence;
  for (const Finding& finding : judgement.findings) {
    if (finding.verdict == judgement.verdict) evidence.insert(finding.evidence.begin(), finding.evidence.end());
  }
  return evidence;
}

std::string replay_of(const Scenario& scenario, const ScenarioRunOptions& options) {
  std::string command = "pinproof run --filter '" + scenario.id + "' --seed " + std::to_string(options.seed);
  if (!options.replay_arguments.empty()) command += " " + options.replay_arguments;
  return command;
}

}  // namespace

ScenarioRun run_scenario(const Scenario& scenario, const Catalogue& catalogue, Target& target,
                         const ScenarioRunOptions& options) {
  const std::uint64_t seed = scenario.seed.value_or(options.seed);
  HistoryKeeper keeper;
  Judge judge(Samples::kLeftToTheRun, catalogue.minor());
  std::ofstream file;
  HistoryWriter writer(file);
  std::vector<HistorySink*> sinks{&keeper, &judge};
  if (!options.history.empty()) {
    file.open(options.history, std::ios::binary);
    sinks.push_back(&writer);
  }
  Fan fan(std::move(sinks));
  const PlayOptions play_options{seed, options.program, PlayOptions{}.sent_max};
  if (options.left_out.empty()) {
    play(scenario, catalogue, target, play_options, fan);
  } else {
    fan.header(header_of(scenario, target.description(), play_options));
    fan.record(Trouble{Verdict::kNotTestable, "", options.left_out, sim::kStart});
  }
  std::optional<std::string> sha256;
  if (!options.history.empty()) {
    file.close();
    if (file) sha256 = sha256_of_file(options.history);
    if (!sha256)
      judge.record(Trouble{Verdict::kHarnessError, "", "its history cannot be written: " + options.history.string(),
                           target.now()});
  }

  if (options.on_history) options.on_history(keeper.history());

  ScenarioRun run;
  run.judgement = judge.conclude();
  reports::ScenarioResult& result = run.result;
  result.id = scenario.id;
  result.title = scenario.title;
  result.dialect = scenario.dialect;
  result.file = scenario.file;
  result.verdict = to_string(run.judgement.verdict);
  result.reason = run.judgement.reason;
  result.requirements = scenario.requirements;
  result.seed = seed;
  result.replay = replay_of(scenario, options);
  if (sha256) {
    result.history = options.history.string();
    run.history_sha256 = std::move(*sha256);
  }
  result.timing = timing_of(keeper.history());
  if (run.judgement.verdict != Verdict::kPass)
    result.exchanges = exchange_lines(keeper.history(), evidence_of(run.judgement));
  return run;
}

}  // namespace pinproof::conformance
