#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/run/exit_code.h"
#include "conformance/run/suite.h"
#include "reports/result_json.h"
#include "tools/program/complaints.h"
#include "tools/program/data.h"
#include "tools/program/defendant.h"
#include "tools/program/interrupt.h"
#include "tools/program/output_folder.h"
#include "tools/program/progress.h"
#include "tools/program/result_output.h"
#include "tools/program/selection.h"
#include "tools/program/subcommands.h"
#include "tools/program/version.h"

namespace pinproof::program {
namespace {

/// The suite knows no command line: which command plays a scenario again is said here.
void say_how_to_replay(reports::Result& result, const RunOptions& options) {
  for (reports::ScenarioResult& scenario : result.scenarios) {
    const bool is_shipped = scenario.file == "scenarios/" + scenario.id + ".json";
    scenario.replay = text_of(
        {is_shipped ? scenario.id : scenario.file, scenario.seed, options.rules, options.deviate, options.readings});
  }
}

/// Where each history will be in the folder of --out.
void point_into_folder(reports::Result& result) {
  const auto place = [](std::string& file) {
    if (!file.empty()) file = "histories/" + std::filesystem::path(file).filename().string();
  };
  for (std::string& file : result.histories) place(file);
  for (reports::ScenarioResult& scenario : result.scenarios) place(scenario.history);
}

reports::Result play(const std::vector<conformance::Scenario>& scenarios, const RunOptions& options, const Data& data,
                     const Defendant& defendant, const std::filesystem::path& histories, Streams& streams) {
  conformance::SuiteOptions suite;
  suite.seed = options.seed;
  suite.jobs = jobs_of(options.jobs);
  suite.set = options.set == "extended" ? conformance::RequirementSet::kExtended : conformance::RequirementSet::kCore;
  suite.version = kVersion;
  suite.rules = defendant.rules_names();
  suite.histories = histories;
  suite.stop = &listen_for_interrupts();
  Progress progress(streams.err, streams.progress, scenarios.size());
  suite.on_scenario = [&progress](const reports::ScenarioResult& scenario) { progress.done(scenario.id); };
  const auto begun = std::chrono::steady_clock::now();
  reports::Result result = conformance::run_suite(
      scenarios, data.catalogue, [&defendant](const std::string& dialect) { return defendant.make(dialect); }, suite);
  result.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  say_how_to_replay(result, options);
  return result;
}

}  // namespace

int run(const RunOptions& options, Streams& streams) {
  const Data data = load_data();
  const auto defendant = Defendant::load({options.dialect, options.rules, options.deviate, options.readings}, data);
  if (const auto* message = std::get_if<std::string>(&defendant)) return refuse(streams, *message);
  const auto selected = select_scenarios(options, data, std::get<Defendant>(defendant));
  if (const auto* complaints = std::get_if<Complaints>(&selected)) {
    for (const std::string& message : *complaints) complain(streams, message);
    return kInputError;
  }

  std::optional<OutputFolder> out;
  std::optional<OutputFolder::Draft> draft;
  if (!options.out.empty()) {
    auto opened = OutputFolder::open(options.out);
    if (const auto* message = std::get_if<std::string>(&opened)) return refuse(streams, *message);
    out = std::get<OutputFolder>(std::move(opened));
    draft.emplace(*out);
  }
  reports::Result result =
      play(std::get<std::vector<conformance::Scenario>>(selected), options, data, std::get<Defendant>(defendant),
           draft ? draft->path() : std::filesystem::path(), streams);
  point_into_folder(result);
  const auto verbosity = options.quiet     ? reports::Verbosity::kQuiet
                         : options.verbose ? reports::Verbosity::kVerbose
                                           : reports::Verbosity::kNormal;
  print(result, options.json, verbosity, streams);
  const int code = conformance::exit_code(result, options.strict);
  if (out) {
    std::string trouble = draft->move_to("histories");
    if (trouble.empty()) trouble = out->write("result.json", reports::to_json(result));
    if (!trouble.empty()) {
      complain(streams, trouble);
      return code == kPromiseBroken ? code : kCouldNotRun;
    }
  }
  return code;
}

}  // namespace pinproof::program
