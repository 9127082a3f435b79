#include "conformance/explore/exploration_json.h"

#include <nlohmann/json.hpp>
#include <set>

#include "conformance/scenario/scenario_json.h"

namespace pinproof::conformance {
namespace {

using Json = nlohmann::ordered_json;

Json of(const Counterexample& one) {
  Json json{{"id", one.scenario.id},
            {"requirement", one.requirement},
            {"signature", one.signature},
            {"title", one.scenario.title},
            {"reason", one.reason}};
  if (one.origin.drawn) {
    json["case"] = one.origin.number;
  } else {
    json["corpus_case"] = one.origin.entry;
  }
  json["commands"] = one.commands;
  json["steps"] = one.scenario.steps.size();
  json["tries"] = one.tries;
  json["reproduced"] = one.reproduced;
  json["confirmed"] = one.confirmed;
  if (!one.same_as.empty()) json["same_as"] = one.same_as;
  json["scenario"] = Json::parse(scenario_to_json(one.scenario));
  return json;
}

Json of(const Coverage& coverage, const std::vector<std::string>& names) {
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
  for (std::size_t i = 0; i < names.size(); ++i) boundaries[names[i]] = coverage.boundaries.at(i);
  return {{"transitions", std::move(transitions)},
          {"requirements", std::move(requirements)},
          {"boundaries", std::move(boundaries)}};
}

Json corpus_of(const Exploration& exploration) {
  if (!exploration.corpus) return nullptr;
  std::set<std::string> features;
  for (const KeptCase& one : exploration.kept) features.insert(one.features.begin(), one.features.end());
  return {{"cases", exploration.corpus->cases},
          {"digest", exploration.corpus->digest},
          {"features", exploration.corpus->features},
          {"new_features", features.size()}};
}

Json of(const DialectExploration& one) {
  const Exploration& exploration = one.exploration;
  Json counterexamples = Json::array();
  for (const Counterexample& found : exploration.counterexamples) counterexamples.push_back(of(found));
  return {{"dialect", one.dialect},
          {"cases", exploration.cases},
          {"unjudged", exploration.unjudged},
          {"commands", exploration.commands},
          {"steps", exploration.coverage.steps},
          {"left_out", exploration.coverage.left_out},
          {"virtual_seconds", exploration.coverage.time.count()},
          {"ended", to_string(exploration.ended)},
          {"corpus", corpus_of(exploration)},
          {"counterexamples", std::move(counterexamples)},
          {"troubles", exploration.troubles},
          {"coverage", of(exploration.coverage, one.boundaries)},
          {"unreached", one.unreached}};
}

}  // namespace

std::string to_json(const ExploreResult& result) {
  const Search& search = result.search;
  Json dialects = Json::array();
  for (const DialectExploration& one : result.dialects) dialects.push_back(of(one));
  const Json whole{{"explore", kExplorationVersion},
                   {"version", search.version},
                   {"generator", search.generator},
                   {"seed", search.seed},
                   {"cases", search.cases},
                   {"commands", search.commands},
                   {"target", search.target},
                   {"gateway", search.gateway},
                   {"rules", search.rules},
                   {"deviate", search.deviate},
                   {"readings", search.readings},
                   {"set", search.set},
                   {"requirements", search.requirements},
                   {"keep_going", search.keep_going},
                   {"shard", result.shard},
                   {"shards", result.shards},
                   {"dialects", std::move(dialects)}};
  return whole.dump(2) + "\n";
}

}  // namespace pinproof::conformance
