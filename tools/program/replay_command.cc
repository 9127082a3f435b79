#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/history/history_sink.h"
#include "conformance/player/player.h"
#include "conformance/run/exchange_lines.h"
#include "conformance/run/exit_code.h"
#include "conformance/run/suite.h"
#include "reports/terminal_page.h"
#include "tools/program/complaints.h"
#include "tools/program/data.h"
#include "tools/program/defendant.h"
#include "tools/program/result_output.h"
#include "tools/program/selection.h"
#include "tools/program/subcommands.h"
#include "tools/program/version.h"

namespace pinproof::program {
namespace {

/// What happened, also where nothing went wrong: the report shows exchanges of what did not pass only.
std::vector<reports::ExchangeLine> exchanges_of(const conformance::Scenario& scenario, const Data& data,
                                                const Defendant& defendant, std::uint64_t seed) {
  conformance::HistoryKeeper keeper;
  const auto target = defendant.make(scenario.dialect);
  conformance::PlayOptions play;
  play.seed = seed;
  play.program = "pinproof " + std::string(kVersion);
  conformance::play(scenario, data.catalogue, *target, play, keeper);
  return conformance::exchange_lines(keeper.history(), {});
}

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
  auto found = find_scenario(options.scenario, data);
  if (const auto* complaints = std::get_if<Complaints>(&found)) {
    for (const std::string& message : *complaints) complain(streams, message);
    return kInputError;
  }
  auto& scenario = std::get<conformance::Scenario>(found);
  const std::uint64_t seed = options.seed.value_or(scenario.seed.value_or(kSeedDefault));
  scenario.seed = seed;
  const auto loaded = Defendant::load({scenario.dialect, options.rules, options.deviate, options.readings}, data);
  if (const auto* message = std::get_if<std::string>(&loaded)) return refuse(streams, *message);
  const auto& defendant = std::get<Defendant>(loaded);

  conformance::SuiteOptions suite;
  suite.seed = seed;
  suite.set = options.set == "extended" ? conformance::RequirementSet::kExtended : conformance::RequirementSet::kCore;
  suite.version = kVersion;
  suite.rules = defendant.rules_names();
  reports::Result result = conformance::run_suite(
      {scenario}, data.catalogue, [&defendant](const std::string& dialect) { return defendant.make(dialect); }, suite);
  result.scenarios.front().replay = text_of({options.scenario, seed, options.rules, options.deviate, options.readings});
  if (!options.json) show(scenario, exchanges_of(scenario, data, defendant, seed), streams);
  print(result, options.json, reports::Verbosity::kNormal, streams);
  return conformance::exit_code(result, options.strict);
}

}  // namespace pinproof::program
