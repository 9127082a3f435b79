#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/catalogue/load.h"
#include "conformance/run/exit_code.h"
#include "conformance/run/ledger.h"
#include "conformance/run/run_facts.h"
#include "conformance/run/suite.h"
#include "tools/program/again.h"
#include "tools/program/complaints.h"
#include "tools/program/data.h"
#include "tools/program/date_of_run.h"
#include "tools/program/interrupt.h"
#include "tools/program/progress.h"
#include "tools/program/result_output.h"
#include "tools/program/run_outputs.h"
#include "tools/program/selection.h"
#include "tools/program/subcommands.h"
#include "tools/program/subject.h"
#include "tools/program/version.h"

namespace pinproof::program {
namespace {

/// The suite knows no command line: which command plays a scenario again is said here.
void say_how_to_replay(reports::Result& result, const RunOptions& options, const Subject& subject) {
  const std::vector<std::string> variables = subject.variables();
  for (reports::ScenarioResult& scenario : result.scenarios) {
    const bool is_shipped = scenario.file == "scenarios/" + scenario.id + ".json";
    scenario.replay = text_of({is_shipped ? scenario.id : scenario.file, scenario.seed, options.target, options.rules,
                               options.deviate, options.readings, options.set, variables});
  }
  conformance::cite_replays(result);
}

reports::Result play(const std::vector<conformance::Scenario>& scenarios, const RunOptions& options, const Data& data,
                     Subject& subject, const std::filesystem::path& histories, Streams& streams) {
  conformance::SuiteOptions suite;
  suite.seed = options.seed.value_or(subject.usual_seed());
  suite.jobs = subject.is_shared() ? 1 : jobs_of(options.jobs);
  suite.scenarios_max = subject.scenarios_max();
  suite.set = options.set == "extended" ? conformance::RequirementSet::kExtended : conformance::RequirementSet::kCore;
  suite.version = kVersion;
  suite.implementation = subject.implementation();
  suite.rules = subject.rules_names();
  suite.histories = histories;
  suite.stop = &listen_for_interrupts();
  Progress progress(streams.err, streams.progress, scenarios.size());
  suite.on_scenario = [&progress](const reports::ScenarioResult& scenario) { progress.done(scenario.id); };
  const auto begun = std::chrono::steady_clock::now();
  reports::Result result = conformance::run_suite(
      scenarios, data.catalogue, [&subject](const std::string& dialect) { return subject.make(dialect); }, suite);
  result.header.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  result.reproduce = text_of(options, suite.seed, subject.variables());
  say_how_to_replay(result, options, subject);
  return result;
}

int say_all(const std::vector<std::string>& messages, ExitCode code, Streams& streams) {
  for (const std::string& message : messages) complain(streams, message);
  return code;
}

sim::Parsed<conformance::Ledger> load_ledger(const std::string& file) {
  auto text = conformance::read_text_file(file);
  if (auto* const error = std::get_if<sim::InputError>(&text)) return std::move(*error);
  return conformance::parse_ledger(file, std::get<std::string>(text));
}

/// Entries of what there is no more, or never was: a narrowed run, which compares only what it played, would not see them.
void add_stale(const conformance::Ledger& ledger, const Data& data, Streams& streams, reports::LedgerOutcome& outcome) {
  std::set<std::string> scenarios;
  for (const auto& scenario : scenarios_to_show(data, streams)) scenarios.insert(scenario.id);
  for (const auto& [id, entry] : ledger.scenarios) {
    if (scenarios.contains(id)) continue;
    outcome.differences.push_back(
        {"scenario", id, std::string(to_string(entry.verdict)), entry.why, "", "no such scenario", ""});
  }
  for (const auto& [id, entry] : ledger.requirements) {
    if (data.catalogue.find(id) != nullptr) continue;
    outcome.differences.push_back(
        {"requirement", id, std::string(to_string(entry.verdict)), entry.why, "", "no such requirement", ""});
  }
}

/// Less was asked for than all there is for the target: then a requirement's verdict is not what a whole run would give it.
bool is_narrowed(const RunOptions& options) {
  return !options.paths.empty() || !options.filters.empty() || !options.skips.empty() || !options.dialect.empty();
}

}  // namespace

int run(const RunOptions& options, Streams& streams) {
  const Data data = load_data();
  const std::string date = date_of_run();
  std::optional<conformance::Ledger> ledger;
  if (!options.expect.empty()) {
    auto parsed = load_ledger(options.expect);
    if (const auto* const error = std::get_if<sim::InputError>(&parsed)) return refuse(streams, error->message());
    ledger = std::get<conformance::Ledger>(std::move(parsed));
  }
  const auto loaded = load_subject(
      {options.target, options.dialect, options.rules, options.deviate, options.readings, options.time_max}, data,
      streams);
  if (const auto* const none = std::get_if<NoSubject>(&loaded)) return say_all(none->messages, none->code, streams);
  Subject& subject = *std::get<std::unique_ptr<Subject>>(loaded);
  const auto selected = select_scenarios(options, data, subject.dialects());
  if (const auto* complaints = std::get_if<Complaints>(&selected)) return say_all(*complaints, kInputError, streams);
  auto opened = RunOutputs::open(options);
  if (const auto* const message = std::get_if<std::string>(&opened)) return refuse(streams, *message);
  auto& outputs = std::get<RunOutputs>(opened);

  reports::Result result = play(std::get<std::vector<conformance::Scenario>>(selected), options, data, subject,
                                outputs.histories(), streams);
  result.header.date = date;
  if (ledger) {
    result.ledger = conformance::compare(*ledger, result, is_narrowed(options), day_of(date));
    // Scenarios of the user's own are in no list of ours.
    if (is_narrowed(options) && options.paths.empty()) add_stale(*ledger, data, streams, *result.ledger);
  }
  const bool written = outputs.write(result, data, streams);
  const auto verbosity = options.quiet     ? reports::Verbosity::kQuiet
                         : options.verbose ? reports::Verbosity::kVerbose
                                           : reports::Verbosity::kNormal;
  print(result, options.json, verbosity, streams);
  const int code = conformance::exit_code(result, options.strict);
  return written || code == kPromiseBroken ? code : kCouldNotRun;
}

}  // namespace pinproof::program
