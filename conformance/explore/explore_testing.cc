#include "conformance/explore/explore_testing.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

#include "conformance/deviations/deviation_store.h"
#include "conformance/explore/scaled.h"
#include "conformance/scenario/scenario_json.h"
#include "conformance/target/shipped_target_testing.h"
#include "sim/core/check.h"

namespace pinproof::conformance {

SimulatedTargetOptions searched_gateway(const std::string& dialect) {
  return scaled_down(shipped_target_options(dialect));
}

SimulatedTargetOptions wrong_gateway(const std::string& name) {
  const std::string file = std::string(PINPROOF_SOURCE_DIR) + "/scenarios/deviations/" + name + ".json";
  auto parsed = load_deviation(file, PINPROOF_SOURCE_DIR, shipped_catalogue());
  const auto* const error = std::get_if<sim::InputError>(&parsed);
  PINPROOF_CHECK(error == nullptr, "{}", error->message());
  auto& deviation = std::get<Deviation>(parsed);
  SimulatedTargetOptions options = shipped_target_options(deviation.dialect);
  options.rules = std::move(deviation.rules);
  options.readings = std::move(deviation.readings);
  return options;
}

SmallWorld world_of(const std::string& dialect) {
  return small_world(SimulatedTarget(searched_gateway(dialect)).description());
}

ExploreTargets simulated(const SimulatedTargetOptions& gateway) {
  ExploreTargets targets;
  targets.confirmed = [gateway] { return std::make_unique<SimulatedTarget>(gateway); };
  targets.model = targets.hunted = [gateway] { return std::make_unique<SimulatedTarget>(scaled_down(gateway)); };
  return targets;
}

std::string told(const Scenario& scenario, const std::string& target) {
  const std::string text = scenario_to_json(scenario);
  std::string line;  // no string in JSON holds a line's end, nor does anything need its indentation
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') {
      at = std::min(text.find_first_not_of(' ', at + 1), text.size()) - 1;
    } else {
      line += text[at] == '\'' ? std::string("'\\''") : std::string(1, text[at]);
    }
  }
  const std::string file = scenario.id.substr(scenario.id.rfind('/') + 1) + ".json";
  return text + "\nprintf '%s' '" + line + "' > " + file + " && pinproof replay " + file +
         (target == "sim" ? "" : " --target " + target) +
         (scenario.seed ? " --seed " + std::to_string(*scenario.seed) : "");
}

}  // namespace pinproof::conformance
