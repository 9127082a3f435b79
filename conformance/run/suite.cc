#include "conformance/run/suite.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "conformance/player/needs.h"
#include "conformance/run/requirement_table.h"
#include "conformance/run/run_facts.h"
#include "conformance/run/scenario_run.h"
#include "conformance/run/score.h"
#include "sim/core/check.h"

namespace pinproof::conformance {
namespace {

/// Shares the scenarios out among jobs; runs_[i] is of scenarios[i].
class Jobs {
 public:
  Jobs(const std::vector<Scenario>& scenarios, const Catalogue& catalogue, const TargetFactory& make_target,
       const SuiteOptions& options)
      : scenarios_(scenarios),
        catalogue_(catalogue),
        make_target_(make_target),
        options_(options),
        runs_(scenarios.size()) {}

  void run() {
    const std::size_t jobs = std::min<std::size_t>(options_.jobs, scenarios_.size());
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < jobs; ++i) threads.emplace_back([this] { work(); });
    work();
  }

  std::vector<std::optional<ScenarioRun>>& runs() { return runs_; }
  const std::map<std::string, TargetDescription>& targets() const { return descriptions_; }

 private:
  void work() {
    std::map<std::string, std::unique_ptr<Target>> targets;
    while (options_.stop == nullptr || !options_.stop->load()) {
      const std::size_t i = next_.fetch_add(1);
      if (i >= scenarios_.size()) return;
      auto& target = targets[scenarios_[i].dialect];
      if (!target) target = make(scenarios_[i].dialect);
      ScenarioRunOptions options = options_of(scenarios_[i]);
      if (options_.scenarios_max && !unplayable(scenarios_[i], catalogue_, target->description()) &&
          played_.fetch_add(1) >= *options_.scenarios_max) {
        options.left_out = "the target allows " + std::to_string(*options_.scenarios_max) + " scenarios a run";
      }
      runs_[i] = run_scenario(scenarios_[i], catalogue_, *target, options);
      if (!options_.on_scenario) continue;
      const std::lock_guard lock(mutex_);
      options_.on_scenario(runs_[i]->result);
    }
  }

  std::unique_ptr<Target> make(const std::string& dialect) {
    const std::lock_guard lock(mutex_);
    std::unique_ptr<Target> target = make_target_(dialect);
    descriptions_.emplace(dialect, target->description());
    return target;
  }

  ScenarioRunOptions options_of(const Scenario& scenario) const {
    ScenarioRunOptions options;
    options.seed = options_.seed;
    options.program = "pinproof " + options_.version;
    options.replay_arguments = options_.replay_arguments;
    options.on_history = options_.on_history;
    if (!options_.histories.empty()) options.history = options_.histories / history_file_name(scenario.id);
    return options;
  }

  const std::vector<Scenario>& scenarios_;
  const Catalogue& catalogue_;
  const TargetFactory& make_target_;
  const SuiteOptions& options_;
  std::vector<std::optional<ScenarioRun>> runs_;
  std::map<std::string, TargetDescription> descriptions_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::uint64_t> played_ = 0;
  std::mutex mutex_;
};

reports::Statistics statistics_of(const std::vector<reports::ScenarioResult>& scenarios) {
  std::vector<std::string> verdicts;
  for (const reports::ScenarioResult& scenario : scenarios) verdicts.push_back(scenario.verdict);
  return count_verdicts(verdicts);
}

}  // namespace

std::string history_file_name(const std::string& scenario_id) {
  std::string name;
  for (const char c : scenario_id) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    name += plain ? c : c == '/' ? '.' : '_';
  }
  return name + ".jsonl";
}

reports::Result run_suite(const std::vector<Scenario>& scenarios, const Catalogue& catalogue,
                          const TargetFactory& make_target, const SuiteOptions& options) {
  PINPROOF_CHECK(options.jobs >= 1 && options.jobs <= kJobsMax, "{} jobs", options.jobs);
  Jobs jobs(scenarios, catalogue, make_target, options);
  jobs.run();

  reports::Result result;
  result.version = options.version;
  result.seed = options.seed;
  result.set = to_string(options.set);
  result.implementation = options.implementation;
  result.target.rules = options.rules;
  RequirementTable table(catalogue);
  std::vector<TargetDescription> targets;
  for (const auto& [dialect, target] : jobs.targets()) {
    table.add_target(target);
    targets.push_back(target);
  }
  say_facts(targets, catalogue, result);
  for (auto& run : jobs.runs()) {
    if (!run) {
      result.complete = false;
      continue;
    }
    table.add(run->result.id, run->judgement);
    if (!run->result.history.empty()) {
      result.histories.push_back({run->result.history, std::move(run->history_sha256), run->result.id});
    }
    result.scenarios.push_back(std::move(run->result));
  }
  result.requirements = table.rows();
  cite_replays(result);
  result.statistics = statistics_of(result.scenarios);
  result.profiles = score(result);
  result.result = result_word(result);
  return result;
}

}  // namespace pinproof::conformance
