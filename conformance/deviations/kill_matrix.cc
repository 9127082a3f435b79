#include "conformance/deviations/kill_matrix.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "conformance/run/suite.h"
#include "sim/core/check.h"

namespace pinproof::conformance {
namespace {

/// One gateway to try. The deviation is null for a shipped one.
struct Task {
  const Deviation* deviation = nullptr;
  const sim::Rules* rules = nullptr;
  const Readings* readings = nullptr;
  NamedReadings readings_named;

  const std::string& id() const { return deviation != nullptr ? deviation->id : rules->dialect; }
};

NamedReadings without_defaults(const Readings& readings, const Readings& defaults) {
  NamedReadings named;
  for (const auto& [name, value] : readings) {
    if (defaults.at(name) != value) named.emplace_back(name, value);
  }
  return named;
}

/// The shipped gateways first: where one fails, nothing below it means much.
std::vector<Task> tasks_of(const std::vector<Deviation>& deviations, const std::vector<sim::Rules>& shipped,
                           const Readings& defaults) {
  std::vector<Task> tasks;
  for (const sim::Rules& rules : shipped) {
    std::map<NamedReadings, const Readings*> in_use;
    std::set<NamedReadings> stood_for;
    for (const Deviation& deviation : deviations) {
      if (deviation.dialect != rules.dialect) continue;
      in_use.emplace(NamedReadings(), &defaults);
      NamedReadings named = without_defaults(deviation.readings, defaults);
      if (deviation.conforms() && !named.empty()) stood_for.insert(named);
      in_use.emplace(std::move(named), &deviation.readings);
    }
    for (const auto& [named, readings] : in_use) {
      if (!stood_for.contains(named)) tasks.push_back({nullptr, &rules, readings, named});
    }
  }
  for (const Deviation& deviation : deviations) {
    tasks.push_back(
        {&deviation, &deviation.rules, &deviation.readings, without_defaults(deviation.readings, defaults)});
  }
  return tasks;
}

/// Shares the tasks out among jobs; trials_[i] is of tasks[i].
class Jobs {
 public:
  Jobs(const std::vector<Task>& tasks, const std::vector<Scenario>& scenarios, const Catalogue& catalogue,
       const GatewayFactory& make_target, const KillMatrixOptions& options)
      : tasks_(tasks),
        scenarios_(scenarios),
        catalogue_(catalogue),
        make_target_(make_target),
        options_(options),
        trials_(tasks.size()) {}

  void run() {
    const std::size_t jobs = std::min<std::size_t>(options_.jobs, tasks_.size());
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < jobs; ++i) threads.emplace_back([this] { work(); });
    work();
  }

  const std::vector<std::optional<Trial>>& trials() const { return trials_; }
  /// What the targets of a dialect let the harness do and see.
  const std::map<std::string, Capabilities>& capabilities() const { return capabilities_; }

 private:
  void work() {
    while (options_.stop == nullptr || !options_.stop->load()) {
      const std::size_t i = next_.fetch_add(1);
      if (i >= tasks_.size()) return;
      const std::unique_ptr<Target> target = make(tasks_[i]);
      trials_[i] = try_one(tasks_[i], *target);
      if (!trials_[i] || !options_.on_gateway) continue;
      const std::lock_guard lock(mutex_);
      options_.on_gateway(tasks_[i].id());
    }
  }

  std::optional<Trial> try_one(const Task& task, Target& target) const {
    if (options_.own_scenarios_first && task.deviation != nullptr && !task.deviation->conforms()) {
      const std::string& requirement = task.deviation->requirement;
      std::vector<Scenario> own;
      std::copy_if(scenarios_.begin(), scenarios_.end(), std::back_inserter(own), [&](const Scenario& scenario) {
        return std::find(scenario.requirements.begin(), scenario.requirements.end(), requirement) !=
               scenario.requirements.end();
      });
      auto trial = try_gateway(own, catalogue_, target, options_.seed, options_.stop);
      if (!trial || trial->requirements.at(requirement).verdict == to_string(Verdict::kFail)) return trial;
    }
    return try_gateway(scenarios_, catalogue_, target, options_.seed, options_.stop);
  }

  std::unique_ptr<Target> make(const Task& task) {
    const std::lock_guard lock(mutex_);
    std::unique_ptr<Target> target = make_target_(*task.rules, *task.readings);
    capabilities_.emplace(target->description().dialect, target->description().capabilities);
    return target;
  }

  const std::vector<Task>& tasks_;
  const std::vector<Scenario>& scenarios_;
  const Catalogue& catalogue_;
  const GatewayFactory& make_target_;
  const KillMatrixOptions& options_;
  std::vector<std::optional<Trial>> trials_;
  std::map<std::string, Capabilities> capabilities_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
};

RightGateway right_gateway(const Task& task, const Trial& trial) {
  return {task.id(),           task.deviation != nullptr ? task.deviation->title : "as it ships",
          task.rules->dialect, task.readings_named,
          trial.failed(),      trial.not_passed};
}

WrongGateway wrong_gateway(const Task& task, const Trial& trial) {
  const Deviation& deviation = *task.deviation;
  WrongGateway row;
  row.id = deviation.id;
  row.title = deviation.title;
  row.dialect = deviation.dialect;
  row.readings = task.readings_named;
  row.requirement = deviation.requirement;
  const Trial::Row& matching = trial.requirements.at(deviation.requirement);
  row.verdict = matching.verdict;
  row.reason = matching.reason;
  row.kills = matching.kills;
  row.others = trial.failed();
  if (std::erase(row.others, deviation.requirement) != 0) {
    row.outcome = DeviationOutcome::kKilled;
  } else if (!row.others.empty()) {
    row.outcome = DeviationOutcome::kKilledByOthers;
  }
  for (const NotPassed& scenario : trial.not_passed) {
    if (scenario.verdict == to_string(Verdict::kHarnessError)) row.harness_errors.push_back(scenario);
  }
  return row;
}

/// What both ways may do, what no check can see, and what this kind of target cannot show: no deviation could break it here.
bool can_be_broken(const Requirement& requirement, const std::map<std::string, Capabilities>& capabilities) {
  if (requirement.level == RequirementLevel::kMay || !requirement.untestable.empty()) return false;
  return std::any_of(capabilities.begin(), capabilities.end(), [&](const auto& of_dialect) {
    return requirement.applies_to(*parse_requirement_dialect(of_dialect.first)) &&
           of_dialect.second.includes(requirement.needs);
  });
}

/// What none of the deviations needs: scenarios that show none of them broken, and requirements that none of them breaks in earnest.
void list_the_idle(KillMatrix& matrix, const std::vector<Scenario>& scenarios, const Catalogue& catalogue,
                   const std::map<std::string, Capabilities>& capabilities) {
  std::set<std::string> killing;
  std::set<std::string> killed;
  for (const WrongGateway& row : matrix.deviations) {
    if (row.outcome == DeviationOutcome::kKilled) killed.insert(row.requirement);
    for (const Kill& kill : row.kills) killing.insert(kill.scenario);
  }
  for (const Scenario& scenario : scenarios) {
    if (!killing.contains(scenario.id)) matrix.idle_scenarios.push_back(scenario.id);
  }
  for (const Requirement& requirement : catalogue.requirements) {
    if (!killed.contains(requirement.id) && can_be_broken(requirement, capabilities))
      matrix.requirements_unkilled.push_back(requirement.id);
  }
}

}  // namespace

std::string_view to_string(DeviationOutcome outcome) {
  switch (outcome) {
    case DeviationOutcome::kKilled:
      return "killed";
    case DeviationOutcome::kKilledByOthers:
      return "killed_by_others";
    case DeviationOutcome::kSurvived:
      break;
  }
  return "survived";
}

KillMatrix try_deviations(const std::vector<Deviation>& deviations, const std::vector<sim::Rules>& shipped,
                          const std::vector<Scenario>& scenarios, const Catalogue& catalogue,
                          const GatewayFactory& make_target, const KillMatrixOptions& options) {
  PINPROOF_CHECK(options.jobs >= 1 && options.jobs <= kJobsMax, "{} jobs", options.jobs);
  const Readings defaults = catalogue.default_readings();
  const std::vector<Task> tasks = tasks_of(deviations, shipped, defaults);
  Jobs jobs(tasks, scenarios, catalogue, make_target, options);
  jobs.run();

  KillMatrix matrix;
  matrix.seed = options.seed;
  matrix.scenarios = scenarios.size();
  matrix.whole = options.whole && !options.own_scenarios_first;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const std::optional<Trial>& trial = jobs.trials()[i];
    if (!trial) {
      matrix.complete = false;
    } else if (tasks[i].deviation == nullptr) {
      matrix.references.push_back(right_gateway(tasks[i], *trial));
    } else if (tasks[i].deviation->conforms()) {
      matrix.conforming.push_back(right_gateway(tasks[i], *trial));
    } else {
      matrix.deviations.push_back(wrong_gateway(tasks[i], *trial));
    }
  }
  if (matrix.complete && matrix.whole) list_the_idle(matrix, scenarios, catalogue, jobs.capabilities());
  return matrix;
}

std::size_t gateways_to_try(const std::vector<Deviation>& deviations, const std::vector<sim::Rules>& shipped,
                            const Catalogue& catalogue) {
  return tasks_of(deviations, shipped, catalogue.default_readings()).size();
}

bool proves_the_suite(const KillMatrix& matrix) {
  const auto passed = [](const RightGateway& gateway) { return gateway.passed(); };
  const auto killed = [](const WrongGateway& gateway) { return gateway.outcome == DeviationOutcome::kKilled; };
  return std::all_of(matrix.references.begin(), matrix.references.end(), passed) &&
         std::all_of(matrix.conforming.begin(), matrix.conforming.end(), passed) &&
         std::all_of(matrix.deviations.begin(), matrix.deviations.end(), killed);
}

bool harness_failed(const KillMatrix& matrix) {
  const auto is_error = [](const NotPassed& scenario) { return scenario.verdict == to_string(Verdict::kHarnessError); };
  const auto of_right = [&](const RightGateway& gateway) {
    return std::any_of(gateway.not_passed.begin(), gateway.not_passed.end(), is_error);
  };
  return std::any_of(matrix.references.begin(), matrix.references.end(), of_right) ||
         std::any_of(matrix.conforming.begin(), matrix.conforming.end(), of_right) ||
         std::any_of(matrix.deviations.begin(), matrix.deviations.end(),
                     [](const WrongGateway& gateway) { return !gateway.harness_errors.empty(); });
}

}  // namespace pinproof::conformance
