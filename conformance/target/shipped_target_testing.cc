#include "conformance/target/shipped_target_testing.h"

#include <utility>
#include <variant>

#include "conformance/catalogue/load.h"
#include "conformance/history/vocabulary_json.h"
#include "sim/core/check.h"
#include "sim/gateway/rules_json.h"
#include "sim/pool/standard_pool.h"

namespace pinproof::conformance {
namespace {

template <class Value>
Value loaded(sim::Parsed<Value> parsed) {
  const auto* const error = std::get_if<sim::InputError>(&parsed);
  PINPROOF_CHECK(error == nullptr, "{}", error->message());
  return std::get<Value>(std::move(parsed));
}

}  // namespace

const Catalogue& shipped_catalogue() {
  static const Catalogue catalogue = loaded(load_catalogue(PINPROOF_SOURCE_DIR));
  return catalogue;
}

SimulatedTargetOptions shipped_target_options(const std::string& dialect) {
  const std::string file = std::string(PINPROOF_SOURCE_DIR) + "/scenarios/rules/" + dialect + ".json";
  SimulatedTargetOptions options;
  options.rules = loaded(sim::parse_rules(file, loaded(read_text_file(file))));
  options.exits = sim::standard_pool();
  options.readings = shipped_catalogue().default_readings();
  options.promised = shipped_catalogue().promises;
  options.vocabulary = loaded(load_vocabulary(PINPROOF_SOURCE_DIR, dialect));
  return options;
}

std::unique_ptr<SimulatedTarget> shipped_target(const std::string& dialect) {
  return std::make_unique<SimulatedTarget>(shipped_target_options(dialect));
}

}  // namespace pinproof::conformance
