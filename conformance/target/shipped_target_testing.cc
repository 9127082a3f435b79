#include "conformance/target/shipped_target_testing.h"

#include <gtest/gtest.h>

#include <algorithm>
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

/// The reference gateway under other readings: what it then declares, and what it then does.
void declare(SimulatedTargetOptions& options, const std::string& reading, const std::string& value) {
  options.readings[reading] = value;
  sim::Rules& rules = options.rules;
  const std::string declared = reading + "=" + value;
  if (declared == "over_cap=clamp") {
    rules.session.window.over_cap = sim::OverCap::kClamp;
  } else if (declared == "leading_zeros=distinct_key") {
    rules.user_name.leading_zeros = true;
  } else if (declared == "lost_exit=lives_on") {
    rules.session.loss.policy = sim::LossPolicy::kLiveOn;
  } else if (declared == "max_retries_counts=attempts") {
    rules.retries.header_counts_attempts = true;
  } else {
    ADD_FAILURE() << "this test does not know how the reference gateway would do " << declared;
  }
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

SimulatedTargetOptions shipped_target_options_for(const Scenario& scenario) {
  SimulatedTargetOptions options = shipped_target_options(scenario.dialect);
  for (const auto& [reading, values] : scenario.when) {
    const std::string& declared = options.readings.at(reading);
    if (std::find(values.begin(), values.end(), declared) == values.end()) declare(options, reading, values.front());
  }
  return options;
}

std::unique_ptr<SimulatedTarget> shipped_target(const std::string& dialect) {
  return std::make_unique<SimulatedTarget>(shipped_target_options(dialect));
}

}  // namespace pinproof::conformance
