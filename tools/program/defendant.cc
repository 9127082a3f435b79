#include "tools/program/defendant.h"

#include <algorithm>
#include <array>
#include <utility>

#include "conformance/catalogue/catalogue_json.h"
#include "conformance/catalogue/load.h"
#include "conformance/history/vocabulary_json.h"
#include "conformance/lab/lab_target.h"
#include "sim/core/input_error.h"
#include "sim/core/json_reader.h"
#include "sim/gateway/rules_json.h"
#include "sim/pool/standard_pool.h"
#include "tools/program/data_root.h"
#include "tools/program/deviation_lookup.h"

namespace pinproof::program {
namespace {

constexpr std::array<const char*, 2> kDialects = {"crawlera", "helodata"};

template <class T>
T shipped(sim::Parsed<T> parsed) {
  if (const auto* error = std::get_if<sim::InputError>(&parsed)) throw EnvironmentError(error->message());
  return std::move(std::get<T>(parsed));
}

/// Reads a file and hands its text to `parse`.
template <class Parse>
auto parse_file(const std::string& file, Parse parse) -> decltype(parse(std::string())) {
  auto text = conformance::read_text_file(file);
  if (auto* error = std::get_if<sim::InputError>(&text)) return std::move(*error);
  return parse(std::get<std::string>(text));
}

}  // namespace

sim::Rules shipped_rules(const Data& data, const std::string& dialect) {
  const std::string file = (data.root / "scenarios" / "rules" / (dialect + ".json")).string();
  return shipped(parse_file(file, [&](const std::string& text) { return sim::parse_rules(file, text); }));
}

std::variant<std::map<std::string, sim::Rules>, std::string> Defendant::rules_for(const DefendantOptions& options,
                                                                                  const Data& data,
                                                                                  conformance::Readings& readings) {
  std::map<std::string, sim::Rules> rules;
  if (options.rules.empty() && options.deviate.empty()) {
    for (const std::string dialect : kDialects) {
      if (options.dialect.empty() || options.dialect == dialect) rules.emplace(dialect, shipped_rules(data, dialect));
    }
    return rules;
  }
  sim::Rules own;
  std::string file = options.rules;
  if (!options.deviate.empty()) {
    auto found = find_deviation(options.deviate, data);
    if (auto* message = std::get_if<std::string>(&found)) return "--deviate: " + std::move(*message);
    auto& deviation = std::get<conformance::Deviation>(found);
    own = std::move(deviation.rules);
    readings = std::move(deviation.readings);
    file = deviation.file;
  } else {
    auto parsed =
        parse_file(options.rules, [&](const std::string& text) { return sim::parse_rules(options.rules, text); });
    if (const auto* error = std::get_if<sim::InputError>(&parsed)) return error->message();
    own = std::move(std::get<sim::Rules>(parsed));
  }
  const bool is_known = std::find(kDialects.begin(), kDialects.end(), own.dialect) != kDialects.end();
  if (!is_known || (!options.dialect.empty() && options.dialect != own.dialect)) {
    const std::string expected =
        options.dialect.empty() ? "\"crawlera\" or \"helodata\"" : "\"" + options.dialect + "\", as --dialect says";
    return sim::InputError{file, "/dialect", sim::in_quotes(own.dialect), expected}.message();
  }
  const std::string dialect = own.dialect;
  rules.emplace(dialect, std::move(own));
  return rules;
}

std::variant<Defendant, std::string> Defendant::load(const DefendantOptions& options, const Data& data) {
  conformance::Readings readings = data.catalogue.default_readings();
  auto rules = rules_for(options, data, readings);
  if (auto* message = std::get_if<std::string>(&rules)) return std::move(*message);
  if (!options.readings.empty()) {
    auto parsed = parse_file(options.readings, [&](const std::string& text) {
      return conformance::parse_readings(options.readings, text, data.catalogue);
    });
    if (const auto* error = std::get_if<sim::InputError>(&parsed)) return error->message();
    readings = std::move(std::get<conformance::Readings>(parsed));
  }

  Defendant defendant;
  defendant.in_lab_ = options.in_lab;
  for (auto& [dialect, own] : std::get<std::map<std::string, sim::Rules>>(rules)) {
    conformance::SimulatedTargetOptions target;
    target.rules = std::move(own);
    target.exits = sim::standard_pool();
    target.readings = readings;
    target.promised = data.catalogue.promises;
    target.vocabulary = shipped(conformance::load_vocabulary(data.root, dialect));
    defendant.targets_.emplace(dialect, std::move(target));
  }
  return defendant;
}

std::vector<std::string> Defendant::dialects() const {
  std::vector<std::string> names;
  for (const auto& [dialect, target] : targets_) names.push_back(dialect);
  return names;
}

std::string Defendant::rules_names() const {
  std::string names;
  for (const auto& [dialect, target] : targets_) names += (names.empty() ? "" : ", ") + target.rules.name;
  return names;
}

std::unique_ptr<conformance::Target> Defendant::make(const std::string& dialect) const {
  return make_target(targets_.at(dialect));
}

std::unique_ptr<conformance::Target> Defendant::make(const sim::Rules& rules,
                                                     const conformance::Readings& readings) const {
  conformance::SimulatedTargetOptions options = targets_.at(rules.dialect);
  options.rules = rules;
  options.readings = readings;
  return make_target(options);
}

std::unique_ptr<conformance::Target> Defendant::make_target(const conformance::SimulatedTargetOptions& options) const {
  if (in_lab_) return conformance::make_lab_target(options);
  return std::make_unique<conformance::SimulatedTarget>(options);
}

}  // namespace pinproof::program
