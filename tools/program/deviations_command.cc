#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/deviations/deviation_store.h"
#include "conformance/deviations/kill_matrix.h"
#include "conformance/deviations/kill_matrix_json.h"
#include "conformance/run/suite.h"
#include "conformance/scenario/store.h"
#include "sim/core/json_reader.h"
#include "tools/program/complaints.h"
#include "tools/program/data.h"
#include "tools/program/defendant.h"
#include "tools/program/interrupt.h"
#include "tools/program/matrix_report.h"
#include "tools/program/output_folder.h"
#include "tools/program/progress.h"
#include "tools/program/selection.h"
#include "tools/program/subcommands.h"
#include "tools/program/suggestions.h"
#include "tools/program/version.h"

namespace pinproof::program {
namespace {

using conformance::Deviation;

bool matches(const std::string& glob, const Deviation& deviation) {
  return conformance::glob_matches(glob, deviation.id) || conformance::glob_matches(glob, deviation.requirement);
}

std::vector<std::string> names_of(const std::vector<Deviation>& deviations) {
  std::vector<std::string> names;
  for (const Deviation& deviation : deviations) {
    names.push_back(deviation.id);
    if (!deviation.conforms() && std::find(names.begin(), names.end(), deviation.requirement) == names.end())
      names.push_back(deviation.requirement);
  }
  return names;
}

/// Those that a filter matches; and, where they are judged by readings of their own, the conforming ones that stand for the shipped gateway
/// under these.
std::variant<std::vector<Deviation>, std::string> selected(const std::vector<Deviation>& all,
                                                           const std::vector<std::string>& filters,
                                                           const conformance::Readings& defaults) {
  for (const std::string& filter : filters) {
    if (std::none_of(all.begin(), all.end(), [&](const Deviation& deviation) { return matches(filter, deviation); }))
      return "--filter " + sim::in_quotes(filter) + " matches nothing" + did_you_mean(nearest(filter, names_of(all)));
  }
  const auto wanted = [&](const Deviation& deviation) {
    return filters.empty() || std::any_of(filters.begin(), filters.end(),
                                          [&](const std::string& filter) { return matches(filter, deviation); });
  };
  const auto stands_for = [&](const Deviation& base) {
    return base.conforms() && base.readings != defaults &&
           std::any_of(all.begin(), all.end(), [&](const Deviation& deviation) {
             return wanted(deviation) && deviation.dialect == base.dialect && deviation.readings == base.readings;
           });
  };
  std::vector<Deviation> chosen;
  std::copy_if(all.begin(), all.end(), std::back_inserter(chosen),
               [&](const Deviation& deviation) { return wanted(deviation) || stands_for(deviation); });
  return chosen;
}

int say_all(const std::vector<sim::InputError>& errors, Streams& streams) {
  for (const sim::InputError& error : errors) complain(streams, error.message());
  return kInputError;
}

std::vector<sim::Rules> rules_of(const Defendant& defendant) {
  std::vector<sim::Rules> rules;
  for (const auto& [dialect, target] : defendant.targets()) rules.push_back(target.rules);
  return rules;
}

int exit_code_of(const conformance::KillMatrix& matrix) {
  if (!conformance::proves_the_suite(matrix)) return kPromiseBroken;
  return matrix.complete && !conformance::harness_failed(matrix) ? kNothingUnexpected : kCouldNotRun;
}

}  // namespace

int run(const DeviationsOptions& options, Streams& streams) {
  const Data data = load_data();
  conformance::LoadedDeviations loaded = conformance::load_deviations(data.root, data.catalogue);
  if (!loaded.errors.empty()) return say_all(loaded.errors, streams);
  const conformance::LoadedScenarios suite = conformance::load_scenarios(data.root, data.catalogue);
  if (!suite.errors.empty()) return say_all(suite.errors, streams);
  const auto selection = selected(loaded.deviations, options.filters, data.catalogue.default_readings());
  if (const auto* message = std::get_if<std::string>(&selection)) return refuse(streams, *message);
  const auto& deviations = std::get<std::vector<Deviation>>(selection);
  std::optional<OutputFolder> out;
  if (!options.out.empty()) {
    auto opened = OutputFolder::open(options.out);
    if (const auto* message = std::get_if<std::string>(&opened)) return refuse(streams, *message);
    out = std::get<OutputFolder>(std::move(opened));
  }
  DefendantOptions on_trial;
  on_trial.in_lab = options.target == "lab";
  const auto shipped = Defendant::load(on_trial, data);
  if (const auto* message = std::get_if<std::string>(&shipped)) return refuse(streams, *message);
  const auto& defendant = std::get<Defendant>(shipped);

  const std::vector<sim::Rules> rules = rules_of(defendant);
  conformance::KillMatrixOptions trying;
  trying.seed = options.seed;
  trying.jobs = jobs_of(options.jobs);
  trying.whole = options.filters.empty();
  trying.own_scenarios_first = on_trial.in_lab;
  trying.stop = &listen_for_interrupts();
  Progress progress(streams.err, streams.progress, gateways_to_try(deviations, rules, data.catalogue));
  trying.on_gateway = [&progress](const std::string& id) { progress.done(id); };
  const auto begun = std::chrono::steady_clock::now();
  const conformance::KillMatrix matrix = conformance::try_deviations(
      deviations, rules, suite.scenarios, data.catalogue,
      [&defendant](const sim::Rules& own, const conformance::Readings& readings) {
        return defendant.make(own, readings);
      },
      trying);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();

  const std::string json = conformance::to_json(matrix, std::string(kVersion));
  streams.out << (options.json ? json : matrix_report(matrix, seconds, {streams.colour, streams.width}));
  const int code = exit_code_of(matrix);
  if (out) {
    if (const std::string trouble = out->write("deviations.json", json); !trouble.empty()) {
      complain(streams, trouble);
      return code == kPromiseBroken ? code : kCouldNotRun;
    }
  }
  return code;
}

}  // namespace pinproof::program
