#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/deviations/deviation.h"
#include "conformance/judge/monitored.h"
#include "conformance/scenario/scenario.h"
#include "reports/escape.h"
#include "tools/program/data.h"
#include "tools/program/deviation_lookup.h"
#include "tools/program/list_json.h"
#include "tools/program/profile_subject.h"
#include "tools/program/subcommands.h"

namespace pinproof::program {
namespace {

using conformance::Catalogue;
using conformance::Deviation;
using conformance::Requirement;
using conformance::Scenario;

std::string requirements_text(const Catalogue& catalogue, const std::vector<Scenario>& scenarios,
                              const std::vector<Deviation>& deviations) {
  std::string text = fmt::format("{:<9} {:<11} {:<8} {:>9} {:>10} {:>10}  {}\n", "id", "level", "set", "scenarios",
                                 "properties", "deviations", "what is promised");
  for (const Requirement& requirement : catalogue.requirements) {
    text += fmt::format("{:<9} {:<11} {:<8} {:>9} {:>10} {:>10}  {}{}\n", requirement.id,
                        conformance::to_string(requirement.level), conformance::to_string(requirement.set),
                        scenarios_for(requirement.id, scenarios).size(), properties_for(requirement.id),
                        deviations_for(requirement.id, deviations).size(), requirement.title,
                        requirement.untestable.empty() ? "" : " (cannot be tested: " + requirement.untestable + ")");
  }
  return text;
}

std::string deviations_text(const std::vector<Deviation>& deviations) {
  std::size_t width = 0;
  for (const Deviation& deviation : deviations) width = std::max(width, deviation.id.size());
  std::string text;
  for (const Deviation& deviation : deviations) {
    text += fmt::format("{:<{}}  {:<8}  {}\n", deviation.id, width,
                        deviation.conforms() ? "conforms" : deviation.requirement, reports::escape(deviation.title));
  }
  return text;
}

std::string profiles_text(const std::vector<conformance::Profile>& profiles) {
  std::size_t width = 0;
  for (const conformance::Profile& profile : profiles) width = std::max(width, profile.name.size());
  std::string text;
  for (const conformance::Profile& profile : profiles) {
    text += fmt::format("{:<{}}  {:<8}  {}  ({})\n", profile.name, width, profile.dialect,
                        reports::escape(profile.title), conformance::to_string(conformance::capabilities_of(profile)));
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

std::size_t properties_for(const std::string& requirement) {
  const std::vector<std::string> monitored = conformance::monitored_requirements();
  return static_cast<std::size_t>(std::count(monitored.begin(), monitored.end(), requirement));
}

int run(const ListOptions& options, Streams& streams) {
  const Data data = load_data();
  if (options.what == ListOptions::What::kDeviations) {
    const std::vector<Deviation> deviations = deviations_to_show(data, streams);
    streams.out << (options.json ? deviations_json(deviations) : deviations_text(deviations));
    return 0;
  }
  if (options.what == ListOptions::What::kProfiles) {
    const std::vector<conformance::Profile> profiles = profiles_to_show(data, streams);
    streams.out << (options.json ? profiles_json(profiles) : profiles_text(profiles));
    return 0;
  }
  const std::vector<Scenario> scenarios = scenarios_to_show(data, streams);
  if (options.what == ListOptions::What::kScenarios) {
    streams.out << (options.json ? scenarios_json(scenarios) : scenarios_text(scenarios));
  } else {
    const std::vector<Deviation> deviations = deviations_to_show(data, streams);
    streams.out << (options.json ? requirements_json(data.catalogue, scenarios, deviations)
                                 : requirements_text(data.catalogue, scenarios, deviations));
  }
  return 0;
}

}  // namespace pinproof::program
