#include "tools/program/list_json.h"

#include <nlohmann/json.hpp>

#include "reports/escape.h"

namespace pinproof::program {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
  return reports::escape_json_text(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace

std::string requirements_json(const conformance::Catalogue& catalogue,
                              const std::vector<conformance::Scenario>& scenarios) {
  Json list = Json::array();
  for (const conformance::Requirement& requirement : catalogue.requirements) {
    Json needs = Json::array();
    for (const conformance::Capability capability : conformance::kAllCapabilities) {
      if (requirement.needs.has(capability)) needs.push_back(conformance::to_string(capability));
    }
    Json promised = Json::object();
    for (const auto& [name, value] : requirement.promised) promised[name] = value;
    list.push_back(
        {{"id", requirement.id},
         {"level", conformance::to_string(requirement.level)},
         {"set", conformance::to_string(requirement.set)},
         {"dialect", conformance::to_string(requirement.dialect)},
         {"title", requirement.title},
         {"statement", requirement.statement},
         {"source",
          {{"document", conformance::to_string(requirement.source.document)}, {"section", requirement.source.section}}},
         {"promised", promised},
         {"readings", requirement.readings},
         {"needs", needs},
         {"untestable", requirement.untestable},
         {"scenarios", scenarios_for(requirement.id, scenarios)}});
  }
  return text_of(list);
}

std::string scenarios_json(const std::vector<conformance::Scenario>& scenarios) {
  Json list = Json::array();
  for (const conformance::Scenario& scenario : scenarios) {
    list.push_back({{"id", scenario.id},
                    {"title", scenario.title},
                    {"dialect", scenario.dialect},
                    {"requirements", scenario.requirements},
                    {"steps", scenario.steps.size()},
                    {"file", scenario.file}});
  }
  return text_of(list);
}

}  // namespace pinproof::program
