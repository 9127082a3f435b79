#include "conformance/deviations/deviation_json.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/catalogue/catalogue_json.h"
#include "sim/core/json_reader.h"
#include "sim/gateway/rules_json.h"

namespace pinproof::conformance {
namespace {

using sim::JsonReader;
using Json = nlohmann::json;

std::string read_id(const JsonReader& json, const std::string& stem) {
  const std::string id = json.non_empty_string();
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  if (!std::all_of(id.begin(), id.end(), fits)) json.refuse("lower-case letters, digits and '-'");
  if (id != stem) json.refuse(sim::in_quotes(stem) + ", the name of the file without .json");
  return id;
}

std::string read_dialect(const JsonReader& json, const RulesTexts& shipped) {
  std::vector<std::string_view> dialects;
  for (const auto& [dialect, text] : shipped) dialects.push_back(dialect);
  return std::string(dialects[json.choose(dialects)]);
}

std::string read_requirement(const JsonReader& json, const Catalogue& catalogue, const std::string& dialect) {
  std::vector<std::string_view> ids;
  for (const Requirement& requirement : catalogue.requirements) {
    if (requirement.applies_to(*parse_requirement_dialect(dialect))) ids.push_back(requirement.id);
  }
  const std::string id = json.string();
  if (std::find(ids.begin(), ids.end(), id) != ids.end()) return id;
  const auto near = sim::nearest_word(id, ids);
  json.refuse("the id of a requirement of " + dialect +
              (near ? " (did you mean " + sim::in_quotes(*near) + "?)" : std::string()));
}

struct Edit {
  JsonReader reader;
  std::string path;
  Json operation;
};

Edit read_edit(const JsonReader& json) {
  json.object({"op", "path", "value", "from"});
  const std::string op = json.at("op").one_of<const char*>({{"add", "add"},
                                                            {"remove", "remove"},
                                                            {"replace", "replace"},
                                                            {"move", "move"},
                                                            {"copy", "copy"},
                                                            {"test", "test"}});
  if (op == "remove") {
    json.object({"op", "path"});
  } else if (op == "move" || op == "copy") {
    json.object({"op", "path", "from"});
    json.at("from").non_empty_string();
  } else {
    json.object({"op", "path", "value"});
    json.at("value");
  }
  return {json, json.at("path").non_empty_string(), Json::parse(json.text())};
}

/// "key 'minute' not found", of "[json.exception.out_of_range.403] key 'minute' not found".
std::string told_by(const Json::exception& error) {
  const std::string what = error.what();
  const std::size_t end = what.find("] ");
  return end == std::string::npos ? what : what.substr(end + 2);
}

/// The last of the edits at that place of the rules, inside it or around it: the one that made what stands there.
const Edit& edit_of(const std::vector<Edit>& edits, const std::string& pointer) {
  const auto within = [](const std::string& inner, const std::string& outer) {
    return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '/');
  };
  const auto found = std::find_if(edits.rbegin(), edits.rend(), [&](const Edit& edit) {
    return within(pointer, edit.path) || within(edit.path, pointer);
  });
  return found == edits.rend() ? edits.back() : *found;
}

sim::Rules apply(const JsonReader& json, const std::vector<Edit>& edits, const Deviation& deviation,
                 const std::string& shipped) {
  const std::string rules_file = "scenarios/rules/" + deviation.dialect + ".json";
  const Json original = Json::parse(shipped);
  Json edited = original;
  for (const Edit& edit : edits) {
    try {
      edited = edited.patch(Json::array({edit.operation}));
    } catch (const Json::exception& error) {
      edit.reader.refuse("an edit that does not apply: " + told_by(error), "one for " + rules_file);
    }
  }
  if (edited == original) json.refuse("edits that change nothing", "a gateway that differs from " + rules_file);
  auto parsed = sim::parse_rules(rules_file, edited.dump());
  if (const auto* error = std::get_if<sim::InputError>(&parsed)) {
    edit_of(edits, error->pointer)
        .reader.refuse("an edit that makes rules with " + error->found + " at " + error->pointer, error->expected);
  }
  auto& rules = std::get<sim::Rules>(parsed);
  if (rules.dialect != deviation.dialect) {
    edit_of(edits, "/dialect").reader.refuse("an edit of the dialect", "rules of " + deviation.dialect);
  }
  rules.name = deviation.id;
  return std::move(rules);
}

Deviation read_deviation(const JsonReader& json, const std::string& file, const Catalogue& catalogue,
                         const RulesTexts& shipped) {
  json.object({"$schema", "id", "title", "why", "dialect", "requirement", "conforms", "readings", "edits"});
  if (const auto schema = json.optional("$schema")) schema->string();
  Deviation deviation;
  deviation.file = file;
  deviation.id = read_id(json.at("id"), std::filesystem::path(file).stem().string());
  deviation.title = json.at("title").non_empty_string(kDeviationTitleMax);
  if (const auto why = json.optional("why")) deviation.why = why->non_empty_string();
  deviation.dialect = read_dialect(json.at("dialect"), shipped);
  const auto requirement = json.optional("requirement");
  const auto conforms = json.optional("conforms");
  if (requirement.has_value() == conforms.has_value()) {
    json.refuse(requirement ? R"(both "requirement" and "conforms")" : "an object without \"requirement\"",
                "the requirement it breaks, or \"conforms\": true");
  }
  if (requirement) deviation.requirement = read_requirement(*requirement, catalogue, deviation.dialect);
  if (conforms && !conforms->boolean()) conforms->refuse("true, or \"requirement\" in its place");
  deviation.readings = catalogue.default_readings();
  if (const auto readings = json.optional("readings")) {
    deviation.readings = read_readings(*readings, catalogue);
    for (const auto& [name, value] : readings->members()) deviation.readings_named.emplace_back(name, value.string());
  }
  std::vector<Edit> edits;
  for (const JsonReader& edit : json.at("edits").array(1)) {
    edits.push_back(read_edit(edit));
    deviation.edits.push_back(edit.text());
  }
  deviation.rules = apply(json.at("edits"), edits, deviation, shipped.find(deviation.dialect)->second);
  return deviation;
}

}  // namespace

sim::Parsed<Deviation> parse_deviation(const std::string& file, std::string_view text, const Catalogue& catalogue,
                                       const RulesTexts& shipped) {
  return sim::parse_json(file, text,
                         [&](const JsonReader& json) { return read_deviation(json, file, catalogue, shipped); });
}

}  // namespace pinproof::conformance
