#include "conformance/catalogue/catalogue_json.h"

#include <algorithm>
#include <set>

#include "conformance/catalogue/promise_reader.h"

namespace pinproof::conformance {
namespace {

using sim::JsonReader;

std::string read_word(const JsonReader& json) {
  const std::string word = json.non_empty_string();
  const bool starts_well = word[0] >= 'a' && word[0] <= 'z';
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (!starts_well || !std::all_of(word.begin(), word.end(), fits)) json.refuse("a snake_case word");
  return word;
}

Reading read_reading(const JsonReader& json, const Catalogue& catalogue) {
  json.object({"name", "kind", "question", "values", "default", "why"});
  Reading reading;
  reading.name = read_word(json.at("name"));
  if (catalogue.find_reading(reading.name) != nullptr) json.at("name").refuse("a reading not given before");
  reading.kind =
      json.at("kind").one_of<ReadingKind>({{"ambiguous", ReadingKind::kAmbiguous}, {"vendor", ReadingKind::kVendor}});
  reading.question = json.at("question").non_empty_string();
  for (const JsonReader& value : json.at("values").array(2)) {
    value.object({"value", "means"});
    ReadingValue known{read_word(value.at("value")), value.at("means").non_empty_string()};
    if (reading.has_value(known.value)) value.at("value").refuse("a value not given before");
    reading.values.push_back(std::move(known));
  }
  std::vector<std::string_view> words;
  for (const ReadingValue& known : reading.values) words.push_back(known.value);
  reading.default_value = reading.values[json.at("default").choose(words)].value;
  reading.why = json.at("why").non_empty_string();
  return reading;
}

Capabilities read_needs(const JsonReader& json) {
  std::vector<std::string_view> words;
  for (const Capability capability : kAllCapabilities) words.push_back(to_string(capability));
  Capabilities needs;
  for (const JsonReader& need : json.array()) {
    const Capability capability = kAllCapabilities[need.choose(words)];
    if (needs.has(capability)) need.refuse("a capability not given before");
    needs.add(capability);
  }
  return needs;
}

/// The enumeration value of a string, by its parse function.
template <typename Parse>
auto read_enum(const JsonReader& json, std::initializer_list<std::string_view> words, Parse parse) {
  return *parse(json.one_of(words));
}

class CatalogueReader {
 public:
  void read_readings_file(const JsonReader& json) {
    json.object({"$schema", "readings"});
    for (const JsonReader& entry : json.at("readings").array(1)) {
      catalogue_.readings.push_back(read_reading(entry, catalogue_));
    }
  }

  void read_requirements_file(const JsonReader& json) {
    json.object({"$schema", "requirements"});
    for (const JsonReader& entry : json.at("requirements").array(1)) {
      catalogue_.requirements.push_back(read_requirement(entry));
    }
  }

  /// What only the whole can show: a reading that nothing depends on, a promise that nobody makes.
  std::optional<sim::InputError> incomplete(const std::string& readings_file,
                                            const std::string& last_requirements_file) const {
    for (std::size_t i = 0; i < catalogue_.readings.size(); ++i) {
      if (!catalogue_.readings[i].requirements.empty()) continue;
      return sim::InputError{readings_file, "/readings/" + std::to_string(i),
                             "the reading " + sim::in_quotes(catalogue_.readings[i].name),
                             "a requirement that depends on it"};
    }
    for (const std::string_view name : promise_names()) {
      if (promised_.count(name) != 0) continue;
      return sim::InputError{last_requirements_file, "",
                             "no requirement up to its end that promises " + sim::in_quotes(name), "one"};
    }
    return std::nullopt;
  }

  Catalogue take() { return std::move(catalogue_); }

 private:
  Requirement read_requirement(const JsonReader& json) {
    json.object({"id", "level", "set", "dialect", "title", "statement", "source", "promised", "readings", "needs",
                 "untestable"});
    Requirement requirement;
    requirement.id = json.at("id").non_empty_string();
    if (catalogue_.find(requirement.id) != nullptr) json.at("id").refuse("an id not given before");
    requirement.level =
        read_enum(json.at("level"), {"must", "derived", "best-effort", "may", "field"}, parse_requirement_level);
    requirement.set = read_enum(json.at("set"), {"core", "extended"}, parse_requirement_set);
    requirement.dialect = read_enum(json.at("dialect"), {"helodata", "crawlera", "both"}, parse_requirement_dialect);
    requirement.title = json.at("title").non_empty_string(kTitleMax);
    requirement.statement = json.at("statement").non_empty_string();
    const JsonReader source = json.at("source");
    source.object({"document", "section"});
    requirement.source.document =
        read_enum(source.at("document"), {"helodata-sessions", "crawlera-sessions", "field-notes", "derived"},
                  parse_source_document);
    requirement.source.section = source.at("section").non_empty_string();
    if (const auto promised = json.optional("promised")) requirement.promised = read_promised(*promised);
    if (const auto readings = json.optional("readings"))
      requirement.readings = read_dependencies(*readings, requirement.id);
    requirement.needs = read_needs(json.at("needs"));
    if (const auto untestable = json.optional("untestable")) requirement.untestable = untestable->non_empty_string();
    return requirement;
  }

  std::vector<std::pair<std::string, std::string>> read_promised(const JsonReader& json) {
    json.object(promise_names());
    std::vector<std::pair<std::string, std::string>> promised;
    for (const PromiseField& field : promise_fields()) {
      const auto value = json.optional(field.name);
      if (!value) continue;
      if (!promised_.insert(field.name).second) value->refuse("the promise of one requirement only");
      read_promise(*value, field, catalogue_.promises);
      promised.emplace_back(field.name, value->kind() == sim::JsonKind::kString ? value->string() : value->text());
    }
    return promised;
  }

  std::vector<std::string> read_dependencies(const JsonReader& json, const std::string& id) {
    std::vector<std::string_view> known;
    for (const Reading& reading : catalogue_.readings) known.push_back(reading.name);
    std::vector<std::string> names;
    for (const JsonReader& entry : json.array(1)) {
      Reading& reading = catalogue_.readings[entry.choose(known)];
      if (!reading.requirements.empty() && reading.requirements.back() == id)
        entry.refuse("a reading not given before");
      reading.requirements.push_back(id);
      names.push_back(reading.name);
    }
    return names;
  }

  Catalogue catalogue_;
  std::set<std::string_view> promised_;
};

}  // namespace

sim::Parsed<Catalogue> parse_catalogue(const CatalogueText& readings, const std::vector<CatalogueText>& requirements) {
  CatalogueReader reader;
  if (auto error = sim::read_json(readings.file, readings.text,
                                  [&](const JsonReader& json) { reader.read_readings_file(json); })) {
    return std::move(*error);
  }
  for (const CatalogueText& part : requirements) {
    if (auto error = sim::read_json(part.file, part.text,
                                    [&](const JsonReader& json) { reader.read_requirements_file(json); })) {
      return std::move(*error);
    }
  }
  const std::string last_file = requirements.empty() ? readings.file : requirements.back().file;
  if (auto error = reader.incomplete(readings.file, last_file)) return std::move(*error);
  return reader.take();
}

Readings read_readings(const JsonReader& json, const Catalogue& catalogue) {
  std::vector<std::string_view> names;
  for (const Reading& reading : catalogue.readings) names.push_back(reading.name);
  json.object(names);
  Readings readings = catalogue.default_readings();
  for (const auto& [name, value] : json.members()) {
    std::vector<std::string_view> words;
    for (const ReadingValue& known : catalogue.find_reading(name)->values) words.push_back(known.value);
    readings.find(name)->second = words[value.choose(words)];
  }
  return readings;
}

sim::Parsed<Readings> parse_readings(std::string file, std::string_view text, const Catalogue& catalogue) {
  return sim::parse_json(std::move(file), text, [&](const JsonReader& json) { return read_readings(json, catalogue); });
}

std::string readings_text(const Readings& readings) {
  std::string text;
  for (const auto& [name, value] : readings) {
    text += (text.empty() ? "" : ",") + sim::json_text(name) + ":" + sim::json_text(value);
  }
  return "{" + text + "}";
}

}  // namespace pinproof::conformance
