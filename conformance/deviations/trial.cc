#include "conformance/deviations/trial.h"

#include <utility>

#include "conformance/judge/judge.h"
#include "conformance/run/requirement_table.h"
#include "conformance/run/scenario_run.h"

namespace pinproof::conformance {
namespace {

/// Not played, for want of a reading or a capability, says nothing about the gateway.
bool counts_as_passed(Verdict verdict) {
  return verdict == Verdict::kPass || verdict == Verdict::kNotExercised || verdict == Verdict::kNotTestable ||
         verdict == Verdict::kNotSupported;
}

Kill kill_of(const std::string& scenario, const std::string& requirement, const Judgement& judgement) {
  Kill kill{scenario, false, false, ""};
  for (const Finding& finding : judgement.findings) {
    if (finding.requirement != requirement || finding.verdict != Verdict::kFail) continue;
    (finding.step.empty() ? kill.by_monitor : kill.by_expectation) = true;
    if (kill.reason.empty()) kill.reason = finding.reason;
  }
  return kill;
}

}  // namespace

std::vector<std::string> Trial::failed() const {
  std::vector<std::string> ids;
  for (const auto& [id, row] : requirements) {
    if (row.verdict == to_string(Verdict::kFail)) ids.push_back(id);
  }
  return ids;
}

std::optional<Trial> try_gateway(const std::vector<Scenario>& scenarios, const Catalogue& catalogue, Target& target,
                                 std::uint64_t seed, const std::atomic<bool>* stop) {
  Trial trial;
  RequirementTable table(catalogue);
  table.add_target(target.description());
  std::map<std::string, std::vector<Kill>> kills;
  ScenarioRunOptions options;
  options.seed = seed;
  for (const Scenario& scenario : scenarios) {
    if (scenario.dialect != target.description().dialect) continue;
    if (stop != nullptr && stop->load()) return std::nullopt;
    const ScenarioRun run = run_scenario(scenario, catalogue, target, options);
    table.add(scenario.id, run.judgement);
    if (!counts_as_passed(run.judgement.verdict))
      trial.not_passed.push_back({scenario.id, run.result.verdict, run.result.reason});
    for (const auto& [requirement, verdict] : run.judgement.requirements) {
      if (verdict == Verdict::kFail) kills[requirement].push_back(kill_of(scenario.id, requirement, run.judgement));
    }
  }
  for (const reports::RequirementResult& row : table.rows())
    trial.requirements.emplace(row.id, Trial::Row{row.verdict, row.reason, std::move(kills[row.id])});
  return trial;
}

}  // namespace pinproof::conformance
