// Runs scenarios on a target and gathers the result. Scenarios are isolated and seeded one by one, so that neither their order nor the
// number of jobs changes what comes out.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/history/history.h"
#include "conformance/scenario/scenario.h"
#include "conformance/target/target.h"
#include "reports/result.h"

namespace pinproof::conformance {

/// Makes a target that speaks a dialect; every job has its own. Called from one thread at a time.
using TargetFactory = std::function<std::unique_ptr<Target>(const std::string& dialect)>;

struct SuiteOptions {
  std::uint64_t seed = 1;
  unsigned jobs = 1;                           // 1 to kJobsMax
  RequirementSet set = RequirementSet::kCore;  // which decides the result
  std::string version;                         // of the program: "0.1.0"
  reports::Implementation implementation;      // who is tested, for the report
  std::string rules;                           // the defendant's, by name, for the report
  std::string replay_arguments;                // for the commands that play a scenario again: "--rules FILE"
  std::filesystem::path histories;             // an existing directory; empty: none are written
  const std::atomic<bool>* stop = nullptr;  // once true, no further scenario is begun, and the result is not complete
  std::optional<std::uint64_t> scenarios_max;  // no more are played, in order; the rest are not testable
  /// Told of each history in full, by the job that played it.
  std::function<void(const History&)> on_history;
  /// Told of each scenario as it ends, in no particular order, by one thread at a time: for progress.
  std::function<void(const reports::ScenarioResult&)> on_scenario;
};

/// More jobs than that are a mistake; sockets and memory are a job's, not a run's.
inline constexpr unsigned kJobsMax = 256;

reports::Result run_suite(const std::vector<Scenario>& scenarios, const Catalogue& catalogue,
                          const TargetFactory& make_target, const SuiteOptions& options);

/// The file name of a scenario's history: its id with '/' as '.', and nothing that a file system could mistake.
std::string history_file_name(const std::string& scenario_id);

}  // namespace pinproof::conformance
