#include <algorithm>
#include <limits>
#include <vector>

#include "conformance/scenario/limits.h"
#include "conformance/scenario/reading_context.h"
#include "conformance/scenario/scenario_json.h"
#include "conformance/scenario/step_reader.h"
#include "conformance/scenario/submission_reader.h"

namespace pinproof::conformance {
namespace {

using sim::in_quotes;
using sim::JsonReader;

bool is_segment(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

/// "dialect/topic/name", or more levels.
bool is_id(std::string_view id, std::string_view dialect) {
  std::size_t levels = 0;
  std::string_view rest = id;
  while (true) {
    const std::size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    if (!is_segment(segment) || (levels == 0 && segment != dialect)) return false;
    ++levels;
    if (slash == std::string_view::npos) return levels >= 2;
    rest.remove_prefix(slash + 1);
  }
}

void read_id(const JsonReader& json, std::string_view id_expected, ReadingContext& context) {
  Scenario& scenario = context.scenario;
  scenario.id = json.non_empty_string(kTextMax);
  if (!id_expected.empty() && scenario.id != id_expected) json.refuse(in_quotes(id_expected) + ", as the file lies");
  if (!is_id(scenario.id, scenario.dialect)) {
    json.refuse("an id such as " + in_quotes(scenario.dialect + "/topic/name") + ", in lower case");
  }
}

void read_requirements(const JsonReader& json, ReadingContext& context) {
  std::vector<std::string_view> known;
  for (const Requirement& requirement : context.catalogue.requirements) {
    if (requirement.applies_to(context.dialect)) known.push_back(requirement.id);
  }
  auto& ids = context.scenario.requirements;
  for (const JsonReader& element : json.array(1, kListMax)) {
    const std::string id = element.non_empty_string(kNameMax);
    if (std::find(known.begin(), known.end(), id) == known.end()) {
      const auto near = sim::nearest_word(id, known);
      element.refuse("a requirement of the catalogue for " + context.scenario.dialect +
                     (near ? " (did you mean " + in_quotes(*near) + "?)" : std::string()));
    }
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) element.refuse("every requirement once");
    ids.push_back(id);
  }
}

void read_when(const JsonReader& json, ReadingContext& context) {
  std::vector<std::string_view> names;
  for (const Reading& reading : context.catalogue.readings) names.push_back(reading.name);
  json.object(names);
  for (const auto& [name, values] : json.members()) {
    std::vector<std::string_view> known;
    for (const ReadingValue& value : context.catalogue.find_reading(name)->values) known.push_back(value.value);
    std::vector<std::string> chosen;
    if (values.kind() == sim::JsonKind::kArray) {
      for (const JsonReader& element : values.array(1, kListMax)) chosen.emplace_back(known[element.choose(known)]);
    } else {
      chosen.emplace_back(known[values.choose(known)]);
    }
    context.scenario.when.emplace_back(name, std::move(chosen));
  }
}

void read_names(const JsonReader& json, ReadingContext& context) {
  const auto named = [](const JsonReader& table) {
    auto members = table.members();
    if (members.size() > kUsersMax) table.refuse("at most " + std::to_string(kUsersMax) + " names");
    for (const auto& [name, value] : members) {
      if (name.empty() || name.size() > kNameMax)
        value.refuse(in_quotes(name), "a name of 1 to " + std::to_string(kNameMax) + " bytes");
    }
    return members;
  };
  if (const auto actors = json.optional("actors")) {
    for (const auto& [name, account] : named(*actors))
      context.scenario.actors[name] = account.non_empty_string(kNameMax);
  }
  if (const auto users = json.optional("users")) {
    if (context.sessions_issued())
      users->refuse("a table of users", "none: in " + context.scenario.dialect + " user names name no session");
    for (const auto& [name, user] : named(*users)) {
      if (user.kind() != sim::JsonKind::kObject) user.refuse("an object: the parts of a user name, or {\"raw\": …}");
      context.scenario.users[name] = read_user(user, context);
    }
  }
}

void read_origin_of_file(const JsonReader& json, Scenario& scenario) {
  if (const auto produced_by = json.optional("produced_by"))
    scenario.produced_by = produced_by->non_empty_string(kTextMax);
  if (const auto seed = json.optional("seed")) {
    scenario.seed = static_cast<std::uint64_t>(seed->integer(0, std::numeric_limits<std::int64_t>::max()));
  }
}

Scenario read_scenario(const JsonReader& json, const Catalogue& catalogue, std::string_view id_expected) {
  json.object({"$schema", "scenario", "id", "title", "dialect", "requirements", "when", "actors", "users", "steps",
               "produced_by", "seed"});
  if (const auto schema = json.optional("$schema")) schema->non_empty_string();
  json.at("scenario").integer(kScenarioVersion, kScenarioVersion);

  ReadingContext context{catalogue, {}, RequirementDialect::kBoth, {}, {}};
  Scenario& scenario = context.scenario;
  scenario.dialect = json.at("dialect").one_of({"helodata", "crawlera"});
  context.dialect = *parse_requirement_dialect(scenario.dialect);
  read_id(json.at("id"), id_expected, context);
  scenario.title = json.at("title").non_empty_string(kTextMax);
  read_requirements(json.at("requirements"), context);
  if (const auto when = json.optional("when")) read_when(*when, context);
  read_names(json, context);
  read_origin_of_file(json, scenario);

  const std::vector<JsonReader> steps = json.at("steps").array(1, kStepsMax);
  for (const JsonReader& step : steps) scenario.steps.push_back(read_step(step, context));
  if (const auto* unfinished = context.labels.unfinished()) {
    json.at("steps").refuse(in_quotes(unfinished->first) + " begun at " + unfinished->second.step + " and left there",
                            "an \"await\" or \"abandon\" of it in a later step");
  }
  return std::move(context.scenario);
}

}  // namespace

sim::Parsed<Scenario> parse_scenario(std::string file, std::string_view text, const Catalogue& catalogue,
                                     std::string_view id_expected) {
  auto parsed =
      sim::parse_json(file, text, [&](const JsonReader& json) { return read_scenario(json, catalogue, id_expected); });
  if (auto* scenario = std::get_if<Scenario>(&parsed)) scenario->file = std::move(file);
  return parsed;
}

}  // namespace pinproof::conformance
