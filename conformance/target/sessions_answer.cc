#include "conformance/target/sessions_answer.h"

#include <utility>
#include <variant>

#include "conformance/history/flat_json.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {
namespace {

constexpr const char* kName = "the sessions API's answer";

// An answer in the shape that is promised is read as flat JSON, whatever else with care: with the keys that nobody knows, or twice.

std::string plain_field(const FlatValue& json) {
  switch (json.kind()) {
    case sim::JsonKind::kNull:
      return {};
    case sim::JsonKind::kBoolean:
      return json.boolean() ? "true" : "false";
    case sim::JsonKind::kInteger:
      return std::to_string(json.integer());
    default:
      return std::string(json.text());
  }
}

ListedSession read_plain_session(const FlatValue& json) {
  ListedSession session;
  bool has_exit = false;
  for (const FlatValue value : json.members()) {
    if (value.key() == "id") {
      if (!session.id.empty() || value.text().empty()) value.refuse();
      session.id = value.text();
    } else if (value.key() == "exit_ip") {
      if (std::exchange(has_exit, true)) value.refuse();
      session.exit = value.text();
    } else if (!session.fields.emplace(value.key(), plain_field(value)).second) {
      value.refuse();
    }
  }
  if (session.id.empty()) json.refuse();
  return session;
}

std::optional<SessionPage> read_plain_page(std::string_view text) {
  if (text.size() > sim::kJsonTextMax) return std::nullopt;
  try {
    FlatJson flat;
    FlatValue json = flat.parse(text);
    SessionPage page;
    for (const FlatValue element : json.at("data").array()) page.sessions.push_back(read_plain_session(element));
    if (const auto cursor = json.optional("next_cursor")) page.next_cursor = plain_field(*cursor);
    json.done();
    return page;
  } catch (const NotPlain&) {
    return std::nullopt;
  }
}

/// A string as it is, null as nothing, the rest as it is written.
std::string field_text(const sim::JsonReader& json) {
  if (json.kind() == sim::JsonKind::kString) return json.string();
  return json.kind() == sim::JsonKind::kNull ? std::string() : json.text();
}

ListedSession read_session(const sim::JsonReader& json) {
  ListedSession session;
  session.id = json.at("id").non_empty_string();
  for (const auto& [name, value] : json.members()) {
    if (name == "exit_ip") {
      session.exit = value.string();
    } else if (name != "id") {
      session.fields.emplace(name, field_text(value));
    }
  }
  return session;
}

template <class Value>
std::optional<Value> value_of(sim::Parsed<Value> parsed) {
  if (auto* const value = std::get_if<Value>(&parsed)) return std::move(*value);
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<ListedSession>> read_id_map(std::string_view text) {
  return value_of(sim::parse_json(kName, text, [](const sim::JsonReader& json) {
    std::vector<ListedSession> sessions;
    for (const auto& [id, exit] : json.members()) sessions.push_back({id, exit.non_empty_string(), {}});
    return sessions;
  }));
}

std::optional<SessionPage> read_session_page(std::string_view text) {
  if (auto page = read_plain_page(text)) return page;
  return value_of(sim::parse_json(kName, text, [](const sim::JsonReader& json) {
    SessionPage page;
    for (const sim::JsonReader& element : json.at("data").array()) page.sessions.push_back(read_session(element));
    if (const auto cursor = json.optional("next_cursor")) page.next_cursor = field_text(*cursor);
    return page;
  }));
}

}  // namespace pinproof::conformance
