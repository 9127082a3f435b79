#include "conformance/history/vocabulary_json.h"

#include <array>
#include <utility>
#include <vector>

#include "conformance/catalogue/load.h"
#include "conformance/history/json_line.h"
#include "conformance/history/user_name_template.h"

namespace pinproof::conformance {
namespace {

struct Field {
  std::string_view name;
  std::string Vocabulary::*member;
};

constexpr std::array<Field, 11> kFields{{{"repinned", &Vocabulary::repinned},
                                         {"repinned_value", &Vocabulary::repinned_value},
                                         {"error", &Vocabulary::error},
                                         {"exit_address", &Vocabulary::exit_address},
                                         {"session", &Vocabulary::session},
                                         {"next_request_in", &Vocabulary::next_request_in},
                                         {"max_retries", &Vocabulary::max_retries},
                                         {"version", &Vocabulary::version},
                                         {"bytes_in", &Vocabulary::bytes_in},
                                         {"bytes_out", &Vocabulary::bytes_out},
                                         {"control_prefix", &Vocabulary::control_prefix}}};

void read_names(const sim::JsonReader& json) {
  std::vector<std::string_view> names{"$schema", "user_name", "listed"};
  for (const Field& field : kFields) names.push_back(field.name);
  json.object(names);
}

}  // namespace

Vocabulary read_vocabulary(const sim::JsonReader& json) {
  read_names(json);
  for (const Field& field : kFields) {
    if (const auto value = json.optional(field.name)) value->non_empty_string();
  }
  return read_vocabulary_over(json, Vocabulary());
}

Vocabulary read_vocabulary_over(const sim::JsonReader& json, Vocabulary vocabulary) {
  read_names(json);
  for (const Field& field : kFields) {
    if (const auto value = json.optional(field.name)) vocabulary.*field.member = value->string();
  }
  if (const auto value = json.optional("user_name")) {
    vocabulary.user_name = value->non_empty_string();
    if (const auto wrong = wrong_in_template(vocabulary.user_name)) value->refuse(*wrong, "a template of a user name");
  }
  if (const auto listed = json.optional("listed")) {
    vocabulary.listed.clear();
    for (const auto& [part, field] : listed->members()) {
      if (!is_user_name_part(part)) field.refuse("the part " + sim::in_quotes(part), "a part of a user name");
      vocabulary.listed.emplace_back(part, field.non_empty_string());
    }
  }
  return vocabulary;
}

sim::Parsed<Vocabulary> parse_vocabulary(std::string file, std::string_view text) {
  return sim::parse_json(std::move(file), text, read_vocabulary);
}

std::string vocabulary_text(const Vocabulary& vocabulary) {
  JsonLine line;
  for (const Field& field : kFields) line.some_text(field.name, vocabulary.*field.member);
  line.some_text("user_name", vocabulary.user_name);
  if (!vocabulary.listed.empty()) {
    line.open("listed");
    for (const auto& [part, field] : vocabulary.listed) line.quoted_key_text(part, field);
    line.close();
  }
  std::string text = line.take();
  text.pop_back();
  return text;
}

sim::Parsed<Vocabulary> load_vocabulary(const std::filesystem::path& root, std::string_view dialect) {
  const std::filesystem::path file = root / "conformance" / "vocabulary" / (std::string(dialect) + ".json");
  auto text = read_text_file(file);
  if (auto* const error = std::get_if<sim::InputError>(&text)) return std::move(*error);
  return parse_vocabulary(file.string(), std::get<std::string>(text));
}

}  // namespace pinproof::conformance
