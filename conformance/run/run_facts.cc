#include "conformance/run/run_facts.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

namespace pinproof::conformance {
namespace {

std::string_view word_of(ClockKind clock) {
  switch (clock) {
    case ClockKind::kVirtual:
      return "virtual";
    case ClockKind::kControlled:
      return "controlled";
    case ClockKind::kWall:
      break;
  }
  return "wall";
}

/// Whether a promise that is made in that dialect depends on it.
bool matters(const Reading& reading, RequirementDialect dialect, const Catalogue& catalogue) {
  return std::any_of(reading.requirements.begin(), reading.requirements.end(), [&](const std::string& id) {
    const Requirement* const requirement = catalogue.find(id);
    return requirement != nullptr && requirement->applies_to(dialect);
  });
}

std::string meaning_of(const Reading& reading, const std::string& value) {
  const auto found = std::find_if(reading.values.begin(), reading.values.end(),
                                  [&](const ReadingValue& one) { return one.value == value; });
  return found == reading.values.end() ? "" : found->means;
}

}  // namespace

void say_facts(const std::vector<TargetDescription>& targets, const Catalogue& catalogue, reports::Result& result) {
  for (const TargetDescription& target : targets) {
    result.target.name = target.name;
    result.target.kind = target.kind;
    result.target.clock = word_of(target.clock);
    result.target.clock_scale = target.clock_scale;
    result.target.tolerance_us =
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(target.tolerance).count());
    for (const Capability capability : kAllCapabilities) {
      result.capabilities.push_back(
          {target.dialect, std::string(to_string(capability)), target.capabilities.has(capability)});
    }
    const auto dialect = parse_requirement_dialect(target.dialect);
    if (!dialect) continue;
    for (const Reading& reading : catalogue.readings) {
      const auto used = target.readings.find(reading.name);
      if (used == target.readings.end() || !matters(reading, *dialect, catalogue)) continue;
      result.readings.push_back({target.dialect, reading.name, used->second, meaning_of(reading, used->second),
                                 used->second != reading.default_value});
    }
  }
}

void cite_replays(reports::Result& result) {
  std::map<std::string_view, std::string_view> replays;
  for (const reports::ScenarioResult& scenario : result.scenarios) replays.emplace(scenario.id, scenario.replay);
  for (reports::RequirementResult& row : result.requirements) {
    for (reports::Evidence& evidence : row.evidence) {
      const auto found = replays.find(evidence.scenario);
      evidence.replay = found == replays.end() ? "" : std::string(found->second);
    }
  }
}

}  // namespace pinproof::conformance
