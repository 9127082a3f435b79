#include "conformance/explore/exploration_json.h"

#include <nlohmann/json.hpp>

#include "conformance/scenario/scenario_json.h"

namespace pinproof::conformance {
namespace {

using Json = nlohmann::ordered_json;

Json of(const Counterexample& one) {
  return {{"id", one.scenario.id},
          {"requirement", one.requirement},
          {"title", one.scenario.title},
          {"reason", one.reason},
          {"case", one.number},
          {"commands", one.commands},
          {"steps", one.scenario.steps.size()},
          {"tries", one.tries},
          {"reproduced", one.reproduced},
          {"confirmed", one.confirmed},
          {"scenario", Json::parse(scenario_to_json(one.scenario))}};
}

Json of(const Coverage& coverage, const SmallWorld& world) {
  Json transitions = Json::object();
  for (std::size_t state = 0; state < kSessionStates; ++state) {
    Json row = Json::object();
    for (std::size_t event = 0; event < kSessionEvents; ++event) {
      const auto count = coverage.transitions[state][event];
      if (count > 0) row[std::string(to_string(static_cast<SessionEvent>(event)))] = count;
    }
    transitions[std::string(to_string(static_cast<SessionState>(state)))] = std::move(row);
  }
  Json requirements = Json::object();
  for (const auto& [requirement, times] : coverage.requirements) requirements[requirement] = times;
  Json boundaries = Json::object();
  const std::vector<std::string> names = boundary_names(world);
  for (std::size_t i = 0; i < names.size(); ++i) boundaries[names[i]] = coverage.boundaries.at(i);
  return {{"transitions", std::move(transitions)},
          {"requirements", std::move(requirements)},
          {"boundaries", std::move(boundaries)}};
}

}  // namespace

std::string to_json(const std::vector<DialectExploration>& explorations, const ExploreOptions& options,
                    const std::string& version) {
  Json dialects = Json::array();
  for (const DialectExploration& one : explorations) {
    Json counterexamples = Json::array();
    for (const Counterexample& found : one.exploration.counterexamples) counterexamples.push_back(of(found));
    dialects.push_back({{"dialect", one.dialect},
                        {"cases", one.exploration.cases},
                        {"commands", one.exploration.commands},
                        {"steps", one.exploration.coverage.steps},
                        {"left_out", one.exploration.coverage.left_out},
                        {"virtual_seconds", one.exploration.coverage.time / std::chrono::seconds(1)},
                        {"complete", one.exploration.complete},
                        {"counterexamples", std::move(counterexamples)},
                        {"troubles", one.exploration.troubles},
                        {"coverage", of(one.exploration.coverage, one.world)},
                        {"unreached", one.unreached}});
  }
  const Json whole{{"version", version},
                   {"seed", options.seed},
                   {"shard", std::to_string(options.shard) + "/" + std::to_string(options.shards)},
                   {"dialects", std::move(dialects)}};
  return whole.dump(2) + "\n";
}

}  // namespace pinproof::conformance
