#include "tools/program/data.h"

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

std::vector<conformance::Scenario> scenarios_to_show(const Data& data, Streams& streams) {
  conformance::LoadedScenarios loaded = conformance::load_scenarios(data.root, data.catalogue);
  for (const sim::InputError& error : loaded.errors) complain(streams, error.message() + " (left out)");
  return std::move(loaded.scenarios);
}

}  // namespace pinproof::program
