#include "tools/program/selection.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#include "conformance/run/suite.h"
#include "conformance/scenario/store.h"
#include "sim/core/json_reader.h"
#include "tools/program/suggestions.h"

namespace pinproof::program {
namespace {

using conformance::Scenario;

bool matches(const std::string& glob, const Scenario& scenario) {
  const std::vector<std::string>& requirements = scenario.requirements;
  return conformance::glob_matches(glob, scenario.id) ||
         std::any_of(requirements.begin(), requirements.end(),
                     [&glob](const std::string& requirement) { return conformance::glob_matches(glob, requirement); });
}

bool matches_any(const std::vector<std::string>& globs, const Scenario& scenario) {
  return std::any_of(globs.begin(), globs.end(),
                     [&scenario](const std::string& glob) { return matches(glob, scenario); });
}

Complaints messages_of(const std::vector<sim::InputError>& errors) {
  Complaints messages;
  for (const sim::InputError& error : errors) messages.push_back(error.message());
  return messages;
}

conformance::LoadedScenarios load(const std::vector<std::string>& paths, const Data& data) {
  if (paths.empty()) return conformance::load_scenarios(data.root, data.catalogue);
  conformance::LoadedScenarios all;
  for (const std::string& path : paths) {
    conformance::LoadedScenarios part = conformance::load_scenarios_at(path, data.root, data.catalogue);
    std::move(part.scenarios.begin(), part.scenarios.end(), std::back_inserter(all.scenarios));
    std::move(part.errors.begin(), part.errors.end(), std::back_inserter(all.errors));
  }
  std::stable_sort(all.scenarios.begin(), all.scenarios.end(),
                   [](const Scenario& left, const Scenario& right) { return left.id < right.id; });
  return all;
}

/// Removes a scenario named by two paths (a folder, and a file in it); what two files both call theirs is a complaint.
Complaints remove_repeats(std::vector<Scenario>& scenarios) {
  Complaints complaints;
  std::vector<Scenario> kept;
  for (Scenario& scenario : scenarios) {
    std::error_code error;
    if (kept.empty() || kept.back().id != scenario.id) {
      kept.push_back(std::move(scenario));
    } else if (!std::filesystem::equivalent(kept.back().file, scenario.file, error)) {
      complaints.push_back(sim::InputError{scenario.file, "/id", sim::in_quotes(scenario.id),
                                           "an id that " + kept.back().file + " does not have"}
                               .message());
    }
  }
  scenarios = std::move(kept);
  return complaints;
}

std::vector<std::string> names_of(const std::vector<Scenario>& scenarios) {
  std::set<std::string> names;
  for (const Scenario& scenario : scenarios) {
    names.insert(scenario.requirements.begin(), scenario.requirements.end());
    names.insert(scenario.id);
  }
  return {names.begin(), names.end()};
}

}  // namespace

std::variant<std::vector<Scenario>, Complaints> select_scenarios(const RunOptions& options, const Data& data,
                                                                 const std::vector<std::string>& dialects) {
  conformance::LoadedScenarios loaded = load(options.paths, data);
  if (!loaded.errors.empty()) return messages_of(loaded.errors);
  std::vector<Scenario> scenarios = std::move(loaded.scenarios);
  if (Complaints complaints = remove_repeats(scenarios); !complaints.empty()) return complaints;

  std::erase_if(scenarios, [&](const Scenario& scenario) {
    return std::find(dialects.begin(), dialects.end(), scenario.dialect) == dialects.end();
  });
  if (scenarios.empty()) return Complaints{"no scenario is in the dialect of this run, " + dialects.front()};
  const std::vector<std::string> names = names_of(scenarios);
  for (const std::string& filter : options.filters) {
    if (std::none_of(scenarios.begin(), scenarios.end(),
                     [&filter](const Scenario& scenario) { return matches(filter, scenario); })) {
      return Complaints{"--filter " + sim::in_quotes(filter) + " matches nothing" +
                        did_you_mean(nearest(filter, names))};
    }
  }
  if (!options.filters.empty()) {
    std::erase_if(scenarios, [&options](const Scenario& scenario) { return !matches_any(options.filters, scenario); });
  }
  std::erase_if(scenarios, [&options](const Scenario& scenario) { return matches_any(options.skips, scenario); });
  if (scenarios.empty()) return Complaints{"--skip matches every scenario: nothing is left to run"};
  for (Scenario& scenario : scenarios) scenario.file = place_of(scenario.file, data);
  return scenarios;
}

unsigned jobs_of(std::size_t jobs) {
  if (jobs != 0) return static_cast<unsigned>(jobs);
  return std::clamp(std::thread::hardware_concurrency(), 1U, conformance::kJobsMax);
}

std::variant<Scenario, Complaints> find_scenario(const std::string& file_or_id, const Data& data) {
  std::error_code error;
  if (std::filesystem::exists(file_or_id, error)) {
    conformance::LoadedScenarios loaded = conformance::load_scenarios_at(file_or_id, data.root, data.catalogue);
    if (!loaded.errors.empty()) return messages_of(loaded.errors);
    if (loaded.scenarios.size() != 1) return Complaints{file_or_id + ": found a folder, expected one scenario"};
    loaded.scenarios.front().file = place_of(loaded.scenarios.front().file, data);
    return std::move(loaded.scenarios.front());
  }
  conformance::LoadedScenarios shipped = conformance::load_scenarios(data.root, data.catalogue);
  std::vector<std::string> ids;
  for (Scenario& scenario : shipped.scenarios) {
    if (scenario.id == file_or_id) {
      scenario.file = place_of(scenario.file, data);
      return std::move(scenario);
    }
    ids.push_back(scenario.id);
  }
  if (!shipped.errors.empty()) return messages_of(shipped.errors);
  return Complaints{sim::in_quotes(file_or_id) + " is neither a file nor the id of a scenario" +
                    did_you_mean(nearest(file_or_id, ids))};
}

}  // namespace pinproof::program
