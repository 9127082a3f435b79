#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/scenario/scenario.h"
#include "reports/escape.h"
#include "tools/program/data.h"
#include "tools/program/list_json.h"
#include "tools/program/subcommands.h"

namespace pinproof::program {
namespace {

using conformance::Catalogue;
using conformance::Requirement;
using conformance::Scenario;

std::string requirements_text(const Catalogue& catalogue, const std::vector<Scenario>& scenarios) {
  std::string text =
      fmt::format("{:<9} {:<11} {:<8} {:>9}  {}\n", "id", "level", "set", "scenarios", "what is promised");
  for (const Requirement& requirement : catalogue.requirements) {
    const std::size_t spoken_for = scenarios_for(requirement.id, scenarios).size();
    text += fmt::format("{:<9} {:<11} {:<8} {:>9}  {}{}\n", requirement.id, conformance::to_string(requirement.level),
                        conformance::to_string(requirement.set), spoken_for, requirement.title,
                        requirement.untestable.empty() ? "" : " (cannot be tested: " + requirement.untestable + ")");
  }
  return text;
}

std::string scenarios_text(const std::vector<Scenario>& scenarios) {
  std::size_t width = 0;
  for (const Scenario& scenario : scenarios) width = std::max(width, scenario.id.size());
  std::string text;
  for (const Scenario& scenario : scenarios) {
    text += fmt::format("{:<{}}  {}  {}\n", scenario.id, width, reports::escape(scenario.title),
                        fmt::join(scenario.requirements, " "));
  }
  return text;
}

}  // namespace

std::vector<std::string> scenarios_for(const std::string& requirement, const std::vector<Scenario>& scenarios) {
  std::vector<std::string> ids;
  for (const Scenario& scenario : scenarios) {
    const std::vector<std::string>& spoken_for = scenario.requirements;
    if (std::find(spoken_for.begin(), spoken_for.end(), requirement) != spoken_for.end()) ids.push_back(scenario.id);
  }
  return ids;
}

int run(const ListOptions& options, Streams& streams) {
  const Data data = load_data();
  const std::vector<Scenario> scenarios = scenarios_to_show(data, streams);
  if (options.what == ListOptions::What::kScenarios) {
    streams.out << (options.json ? scenarios_json(scenarios) : scenarios_text(scenarios));
  } else {
    streams.out << (options.json ? requirements_json(data.catalogue, scenarios)
                                 : requirements_text(data.catalogue, scenarios));
  }
  return 0;
}

}  // namespace pinproof::program
