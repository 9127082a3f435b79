#include <charconv>
#include <limits>
#include <utility>

#include "conformance/catalogue/catalogue_json.h"
#include "conformance/history/record_reader.h"
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
  exit.port = static_cast<std::uint16_t>(json.at("port").integer(1, std::numeric_limits<std::uint16_t>::max()));
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

HistoryHeader read_header(const JsonReader& json) {
  // The version first: a later one may have other keys.
  if (const auto record = json.optional("record"); !record || record->string() != "header") {
    json.refuse(record ? record->described() : "no \"record\"", "the header of a history, \"record\": \"header\"");
  }
  HistoryHeader header;
  header.version = static_cast<int>(json.at("version").integer());
  if (header.version != kHistoryVersion) json.at("version").refuse("version " + std::to_string(kHistoryVersion));
  json.object({"record", "version", "program", "scenario", "title", "requirements", "dialect", "target", "target_kind",
               "seed", "clock", "clock_scale", "epoch", "tolerance", "readings", "promised", "vocabulary",
               "capabilities", "exits"});

  header.program = text_at(json, "program");
  header.scenario = text_at(json, "scenario");
  header.title = text_at(json, "title");
  if (const auto requirements = json.optional("requirements")) {
    for (const JsonReader& element : requirements->array()) header.requirements.push_back(element.non_empty_string());
  }
  header.dialect = json.at("dialect").non_empty_string();
  header.target = text_at(json, "target");
  header.target_kind = text_at(json, "target_kind");
  if (const auto seed = json.optional("seed")) header.seed = read_seed(*seed);
  header.clock = read_word(json.at("clock"), kClockWords);
  if (const auto scale = json.optional("clock_scale")) header.clock_scale = scale->number(1e-9, 1e9);
  header.epoch = text_at(json, "epoch");
  header.tolerance = Duration(json.at("tolerance").integer(0));
  for (const auto& [name, value] : json.at("readings").members())
    header.readings.emplace(name, value.non_empty_string());
  header.promised = read_promises(json.at("promised"), Promises{});
  header.vocabulary = read_vocabulary(json.at("vocabulary"));
  header.capabilities = read_capabilities(json.at("capabilities"));
  if (const auto exits = json.optional("exits")) {
    for (const JsonReader& element : exits->array()) header.exits.push_back(read_exit(element));
  }
  return header;
}

}  // namespace

sim::Parsed<HistoryHeader> read_header_line(std::string where, std::string_view line) {
  return sim::parse_json(std::move(where), line, read_header);
}

}  // namespace pinproof::conformance
