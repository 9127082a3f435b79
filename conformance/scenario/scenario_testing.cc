#include "conformance/scenario/scenario_testing.h"

#include <gtest/gtest.h>

#include "conformance/catalogue/load.h"

namespace pinproof::conformance {
namespace {

std::string scenario(std::string_view dialect, std::string_view requirements, std::string_view steps,
                     std::string_view members) {
  return R"({"scenario": 1, "id": ")" + std::string(dialect) + R"(/topic/name", "title": "A title", "dialect": ")" +
         std::string(dialect) + R"(", "requirements": [)" + std::string(requirements) + "], " + std::string(members) +
         R"("steps": [)" + std::string(steps) + "]}";
}

}  // namespace

const Catalogue& shipped_catalogue() {
  static const Catalogue catalogue = [] {
    auto loaded = load_catalogue(PINPROOF_SOURCE_DIR);
    if (const auto* error = std::get_if<sim::InputError>(&loaded)) ADD_FAILURE() << error->message();
    return std::holds_alternative<Catalogue>(loaded) ? std::get<Catalogue>(std::move(loaded)) : Catalogue{};
  }();
  return catalogue;
}

std::string shipped_scenario_schema() {
  auto text = read_text_file(std::string(PINPROOF_SOURCE_DIR) + "/scenarios/schema/scenario.schema.json");
  if (const auto* error = std::get_if<sim::InputError>(&text)) ADD_FAILURE() << error->message();
  return std::holds_alternative<std::string>(text) ? std::get<std::string>(text) : "false";
}

std::string helodata_scenario(std::string_view steps, std::string_view members) {
  return scenario("helodata", R"("H-STK-1", "H-PIN-2")", steps, members);
}

std::string crawlera_scenario(std::string_view steps, std::string_view members) {
  return scenario("crawlera", R"("C-SES-1", "C-PAC-1")", steps, members);
}

Scenario parsed(std::string_view text) {
  auto result = parse_scenario("t.json", text, shipped_catalogue());
  if (const auto* error = std::get_if<sim::InputError>(&result)) {
    ADD_FAILURE() << error->message();
    return {};
  }
  return std::get<Scenario>(std::move(result));
}

std::string complaint(std::string_view text) {
  const auto result = parse_scenario("t.json", text, shipped_catalogue());
  const auto* error = std::get_if<sim::InputError>(&result);
  return error == nullptr ? "(none)" : error->message().substr(std::string("t.json: ").size());
}

}  // namespace pinproof::conformance
