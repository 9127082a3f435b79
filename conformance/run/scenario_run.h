// One scenario, from its play to its part of the result.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "conformance/catalogue/catalogue.h"
#include "conformance/history/history.h"
#include "conformance/judge/judge.h"
#include "conformance/scenario/scenario.h"
#include "conformance/target/target.h"
#include "reports/result.h"

namespace pinproof::conformance {

struct ScenarioRunOptions {
  std::uint64_t seed = 1;         // of the run; a scenario that says its own keeps it
  std::string program;            // "pinproof 0.1.0"
  std::filesystem::path history;  // where its history goes; empty: nowhere
  /// Told of the whole history, evidence or not.
  std::function<void(const History&)> on_history;
  std::string left_out;          // why it is not played after all; empty: it is
  std::string replay_arguments;  // what the command that plays it again needs beside filter and seed: "--target sim"
};

struct ScenarioRun {
  reports::ScenarioResult result;
  std::string history_sha256;  // where a history was written
  Judgement judgement;
};

/// A history that cannot be written is a harness_error of that scenario.
ScenarioRun run_scenario(const Scenario& scenario, const Catalogue& catalogue, Target& target,
                         const ScenarioRunOptions& options);

}  // namespace pinproof::conformance
