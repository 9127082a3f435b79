#include "tools/program/data.h"

#include <system_error>
#include <utility>
#include <variant>

#include "conformance/catalogue/load.h"
#include "conformance/scenario/store.h"
#include "sim/core/input_error.h"
#include "tools/program/complaints.h"
#include "tools/program/data_root.h"

namespace pinproof::program {

Data load_data() {
  Data data{find_data_root(), {}};
  auto catalogue = conformance::load_catalogue(data.root);
  if (const auto* error = std::get_if<sim::InputError>(&catalogue)) throw EnvironmentError(error->message());
  data.catalogue = std::move(std::get<conformance::Catalogue>(catalogue));
  return data;
}

std::string place_of(const std::string& file, const Data& data) {
  std::error_code error;
  const std::filesystem::path root = std::filesystem::weakly_canonical(data.root, error);
  const std::filesystem::path place = std::filesystem::weakly_canonical(file, error).lexically_relative(root);
  return place.empty() || *place.begin() == ".." ? file : place.generic_string();
}

std::vector<conformance::Scenario> scenarios_to_show(const Data& data, Streams& streams) {
  conformance::LoadedScenarios loaded = conformance::load_scenarios(data.root, data.catalogue);
  for (const sim::InputError& error : loaded.errors) complain(streams, error.message() + " (left out)");
  for (conformance::Scenario& scenario : loaded.scenarios) scenario.file = place_of(scenario.file, data);
  return std::move(loaded.scenarios);
}

}  // namespace pinproof::program
