#include "tools/program/list_json.h"

#include <nlohmann/json.hpp>

#include "reports/escape.h"
#include "tools/program/deviation_lookup.h"

namespace pinproof::program {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
  return reports::escape_json_text(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace

std::string requirements_json(const conformance::Catalogue& catalogue,
                              const std::vector<conformance::Scenario>& scenarios,
                              const std::vector<conformance::Deviation>& deviations) {
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
         {"scenarios", scenarios_for(requirement.id, scenarios)},
         {"properties", properties_for(requirement.id)},
         {"deviations", deviations_for(requirement.id, deviations)}});
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

std::string deviations_json(const std::vector<conformance::Deviation>& deviations) {
  Json list = Json::array();
  for (const conformance::Deviation& deviation : deviations) {
    Json readings = Json::object();
    for (const auto& [name, value] : deviation.readings_named) readings[name] = value;
    Json edits = Json::array();
    for (const std::string& edit : deviation.edits) edits.push_back(Json::parse(edit));
    list.push_back({{"id", deviation.id},
                    {"title", deviation.title},
                    {"why", deviation.why},
                    {"dialect", deviation.dialect},
                    {"requirement", deviation.requirement},
                    {"conforms", deviation.conforms()},
                    {"readings", readings},
                    {"edits", edits},
                    {"file", deviation.file}});
  }
  return text_of(list);
}

std::string profiles_json(const std::vector<conformance::Profile>& profiles) {
  Json list = Json::array();
  for (const conformance::Profile& profile : profiles) {
    Json capabilities = Json::array();
    for (const conformance::Capability capability : conformance::kAllCapabilities) {
      if (conformance::capabilities_of(profile).has(capability))
        capabilities.push_back(conformance::to_string(capability));
    }
    Json not_offered = Json::object();
    for (const conformance::NotOffered& row : profile.not_offered) not_offered[row.what] = row.why;
    list.push_back({{"name", profile.name},
                    {"title", profile.title},
                    {"dialect", profile.dialect},
                    {"capabilities", capabilities},
                    {"not_offered", not_offered},
                    {"file", profile.file}});
  }
  return text_of(list);
}

}  // namespace pinproof::program
