#include "conformance/history/header_reader.h"

#include <charconv>
#include <limits>
#include <utility>

#include "conformance/catalogue/catalogue_json.h"
#include "conformance/history/vocabulary_json.h"
#include "conformance/history/words.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {
namespace {

using sim::JsonReader;

std::string text_at(const JsonReader& json, std::string_view key) {
  const auto value = json.optional(key);
  return value ? value->string() : std::string();
}

sim::Exit read_exit(const JsonReader& json) {
  json.object({"address", "port", "type", "region", "state", "city", "asn"});
  sim::Exit exit;
  exit.address = json.at("address").non_empty_string();
  const auto port = json.optional("port");
  exit.port = port ? static_cast<std::uint16_t>(port->integer(1, std::numeric_limits<std::uint16_t>::max())) : 0;
  exit.type = read_word(json.at("type"), kExitTypeWords);
  exit.region = text_at(json, "region");
  exit.state = text_at(json, "state");
  exit.city = text_at(json, "city");
  if (const auto asn = json.optional("asn")) {
    exit.asn = static_cast<std::uint32_t>(asn->integer(0, std::numeric_limits<std::uint32_t>::max()));
  }
  return exit;
}

std::uint64_t read_seed(const JsonReader& json) {
  const std::string text = json.string();
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc{} || end != text.data() + text.size()) json.refuse("a decimal number of 64 bits, as text");
  return seed;
}

Capabilities read_capabilities(const JsonReader& json) {
  Capabilities capabilities;
  for (const JsonReader& element : json.array(0, kAllCapabilities.size())) {
    const auto capability = parse_capability(element.string());
    if (!capability) {
      Capabilities all;
      for (const Capability known : kAllCapabilities) all.add(known);
      element.refuse("one of " + to_string(all));
    }
    capabilities.add(*capability);
  }
  return capabilities;
}

/// `catalogue` is null where the words of promises are not to be checked.
std::vector<std::string> read_requirements(const JsonReader& json, const Catalogue* catalogue) {
  std::vector<std::string> requirements;
  for (const JsonReader& element : json.array()) {
    requirements.push_back(element.non_empty_string());
    if (catalogue != nullptr && catalogue->find(requirements.back()) == nullptr) {
      element.refuse(a_requirement_of(*catalogue, requirements.back()));
    }
  }
  return requirements;
}

std::string read_dialect(const JsonReader& json, const Catalogue* catalogue) {
  if (catalogue != nullptr) return json.one_of({"helodata", "crawlera"});
  return json.non_empty_string();
}

Readings read_readings(const JsonReader& json, const Catalogue* catalogue) {
  if (catalogue != nullptr) return conformance::read_readings(json, *catalogue);
  Readings readings;
  for (const auto& [name, value] : json.members()) readings.emplace(name, value.non_empty_string());
  return readings;
}

HistoryHeader read_header(const JsonReader& json, const Catalogue* catalogue) {
  // The version first: a later one may have other keys.
  if (const auto record = json.optional("record"); !record || record->string() != "header") {
    json.refuse(record ? record->described() : "no \"record\"", "the header of a history, \"record\": \"header\"");
  }
  HistoryHeader header;
  header.version = static_cast<int>(json.at("version").integer());
  if (header.version != kHistoryVersion) json.at("version").refuse("version " + std::to_string(kHistoryVersion));
  json.object({"record",   "version",     "program",    "scenario",     "title",       "requirements", "dialect",
               "target",   "target_kind", "seed",       "clock",        "clock_scale", "epoch",        "tolerance",
               "readings", "promised",    "vocabulary", "capabilities", "exits",       "volatile",     "not_offered"});

  header.program = text_at(json, "program");
  header.scenario = text_at(json, "scenario");
  header.title = text_at(json, "title");
  if (const auto requirements = json.optional("requirements")) {
    header.requirements = read_requirements(*requirements, catalogue);
  }
  header.dialect = read_dialect(json.at("dialect"), catalogue);
  header.target = text_at(json, "target");
  header.target_kind = text_at(json, "target_kind");
  if (const auto seed = json.optional("seed")) header.seed = read_seed(*seed);
  header.clock = read_word(json.at("clock"), kClockWords);
  if (const auto scale = json.optional("clock_scale")) header.clock_scale = scale->number(1e-9, 1e9);
  header.epoch = text_at(json, "epoch");
  header.tolerance = Duration(json.at("tolerance").integer(0));
  header.readings = read_readings(json.at("readings"), catalogue);
  header.promised = read_promises(json.at("promised"), catalogue == nullptr ? Promises{} : catalogue->promises);
  header.vocabulary = read_vocabulary(json.at("vocabulary"));
  header.capabilities = read_capabilities(json.at("capabilities"));
  if (const auto exits = json.optional("exits")) {
    for (const JsonReader& element : exits->array()) header.exits.push_back(read_exit(element));
  }
  if (const auto varying = json.optional("volatile")) {
    for (const auto& [name, value] : varying->members()) header.varying.emplace(name, value.string());
  }
  if (const auto globs = json.optional("not_offered")) {
    for (const JsonReader& element : globs->array()) header.not_offered.push_back(element.non_empty_string());
  }
  return header;
}

}  // namespace

std::string a_requirement_of(const Catalogue& catalogue, std::string_view id) {
  std::vector<std::string_view> ids;
  for (const Requirement& requirement : catalogue.requirements) ids.push_back(requirement.id);
  std::string words = "the id of a requirement";
  if (const auto near = sim::nearest_word(id, ids)) words += " (did you mean " + sim::in_quotes(*near) + "?)";
  return words;
}

sim::Parsed<HistoryHeader> read_header_line(std::string where, std::string_view line, const Catalogue* catalogue) {
  return sim::parse_json(std::move(where), line, [&](const JsonReader& json) { return read_header(json, catalogue); });
}

}  // namespace pinproof::conformance
