#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/history/history.h"
#include "conformance/run/exchange_lines.h"
#include "conformance/run/exit_code.h"
#include "conformance/run/run_facts.h"
#include "conformance/run/suite.h"
#include "reports/terminal_page.h"
#include "tools/program/again.h"
#include "tools/program/complaints.h"
#include "tools/program/data.h"
#include "tools/program/date_of_run.h"
#include "tools/program/result_output.h"
#include "tools/program/selection.h"
#include "tools/program/subcommands.h"
#include "tools/program/subject.h"
#include "tools/program/version.h"

namespace pinproof::program {
namespace {

void show(const conformance::Scenario& scenario, const std::vector<reports::ExchangeLine>& exchanges,
          Streams& streams) {
  using reports::Ink;
  reports::TerminalPage page({streams.colour, streams.width});
  page.paragraph({{scenario.id, Ink::kBold}, {"  "}}, scenario.title, 0);
  for (const reports::ExchangeLine& line : exchanges) page.paragraph({{line.at + "  ", Ink::kDim}}, line.text, 2);
  page.blank();
  streams.out << page.take();
}

}  // namespace

int run(const ReplayOptions& options, Streams& streams) {
  const Data data = load_data();
  const std::string date = date_of_run();
  auto found = find_scenario(options.scenario, data);
  if (const auto* complaints = std::get_if<Complaints>(&found)) {
    for (const std::string& message : *complaints) complain(streams, message);
    return kInputError;
  }
  auto& scenario = std::get<conformance::Scenario>(found);
  const auto loaded = load_subject(
      {options.target, scenario.dialect, options.rules, options.deviate, options.readings, options.time_max}, data,
      streams);
  if (const auto* const none = std::get_if<NoSubject>(&loaded)) {
    for (const std::string& message : none->messages) complain(streams, message);
    return none->code;
  }
  Subject& subject = *std::get<std::unique_ptr<Subject>>(loaded);
  const std::uint64_t seed = options.seed.value_or(scenario.seed.value_or(subject.usual_seed()));
  scenario.seed = seed;

  conformance::SuiteOptions suite;
  suite.seed = seed;
  suite.set = options.set == "extended" ? conformance::RequirementSet::kExtended : conformance::RequirementSet::kCore;
  suite.version = kVersion;
  suite.implementation = subject.implementation();
  suite.rules = subject.rules_names();
  // What happened, also where nothing went wrong: the report shows exchanges of what did not pass only.
  std::vector<reports::ExchangeLine> exchanges;
  suite.on_history = [&exchanges](const conformance::History& history) {
    exchanges = conformance::exchange_lines(history, {});
  };
  reports::Result result = conformance::run_suite(
      {scenario}, data.catalogue, [&subject](const std::string& dialect) { return subject.make(dialect); }, suite);
  result.scenarios.front().replay = text_of({options.scenario, seed, options.target, options.rules, options.deviate,
                                             options.readings, options.set, subject.variables()});
  result.reproduce = result.scenarios.front().replay;
  conformance::cite_replays(result);
  result.header.date = date;
  if (!options.json) show(scenario, exchanges, streams);
  print(result, options.json, reports::Verbosity::kNormal, streams);
  return conformance::exit_code(result, options.strict);
}

}  // namespace pinproof::program
