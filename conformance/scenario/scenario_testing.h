// What the tests of scenarios share: the shipped catalogue, and a small scenario to put things into.
#pragma once

#include <string>
#include <string_view>

#include "conformance/catalogue/catalogue.h"
#include "conformance/scenario/scenario_json.h"

namespace pinproof::conformance {

/// The catalogue that ships with the source tree; the test fails where it does not load.
const Catalogue& shipped_catalogue();

std::string shipped_scenario_schema();

/// A scenario in JSON with these steps ("[…]" left out), and more members ("\"actors\": {…}, ").
std::string helodata_scenario(std::string_view steps, std::string_view members = "");
std::string crawlera_scenario(std::string_view steps, std::string_view members = "");

/// The scenario, or a failure of the test with the message.
Scenario parsed(std::string_view text);

/// The message of the complaint, without "t.json: "; "(none)" where there is none.
std::string complaint(std::string_view text);

}  // namespace pinproof::conformance
