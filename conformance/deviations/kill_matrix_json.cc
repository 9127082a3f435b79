#include "conformance/deviations/kill_matrix_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/escape.h"

namespace pinproof::conformance {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const NamedReadings& readings) {
  Json json = Json::object();
  for (const auto& [name, value] : readings) json[name] = value;
  return json;
}

Json json_of(const NotPassed& scenario) {
  return {{"scenario", scenario.scenario}, {"verdict", scenario.verdict}, {"reason", scenario.reason}};
}

Json json_of(const Kill& kill) {
  Json by = Json::array();
  if (kill.by_expectation) by.push_back("expectation");
  if (kill.by_monitor) by.push_back("monitor");
  return {{"scenario", kill.scenario}, {"by", by}, {"reason", kill.reason}};
}

Json json_of(const RightGateway& gateway);
Json json_of(const WrongGateway& gateway);

template <class T>
Json list_of(const std::vector<T>& values) {
  Json list = Json::array();
  for (const T& value : values) list.push_back(json_of(value));
  return list;
}

Json json_of(const RightGateway& gateway) {
  return {{"id", gateway.id},
          {"title", gateway.title},
          {"dialect", gateway.dialect},
          {"readings", json_of(gateway.readings)},
          {"passed", gateway.passed()},
          {"failed", gateway.failed},
          {"not_passed", list_of(gateway.not_passed)}};
}

Json json_of(const WrongGateway& gateway) {
  return {{"id", gateway.id},
          {"title", gateway.title},
          {"dialect", gateway.dialect},
          {"readings", json_of(gateway.readings)},
          {"requirement", gateway.requirement},
          {"outcome", to_string(gateway.outcome)},
          {"verdict", gateway.verdict},
          {"reason", gateway.reason},
          {"kills", list_of(gateway.kills)},
          {"others", gateway.others},
          {"harness_errors", list_of(gateway.harness_errors)}};
}

Json counts_of(const KillMatrix& matrix) {
  Json counts = {{"scenarios", matrix.scenarios}, {"deviations", matrix.deviations.size()}};
  for (const DeviationOutcome outcome :
       {DeviationOutcome::kKilled, DeviationOutcome::kKilledByOthers, DeviationOutcome::kSurvived}) {
    counts[to_string(outcome)] =
        std::count_if(matrix.deviations.begin(), matrix.deviations.end(),
                      [outcome](const WrongGateway& gateway) { return gateway.outcome == outcome; });
  }
  return counts;
}

}  // namespace

std::string to_json(const KillMatrix& matrix, const std::string& version) {
  Json json = {{"deviations_result", 1},
               {"program", "pinproof"},
               {"version", version},
               {"seed", matrix.seed},
               {"complete", matrix.complete},
               {"whole", matrix.whole},
               {"proved", matrix.complete && proves_the_suite(matrix) && !harness_failed(matrix)},
               {"counts", counts_of(matrix)},
               {"references", list_of(matrix.references)},
               {"conforming", list_of(matrix.conforming)},
               {"deviations", list_of(matrix.deviations)}};
  if (matrix.complete && matrix.whole) {
    json["idle_scenarios"] = matrix.idle_scenarios;
    json["requirements_unkilled"] = matrix.requirements_unkilled;
  }
  return reports::escape_json_text(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace pinproof::conformance
