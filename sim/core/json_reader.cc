#include "sim/core/json_reader.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "sim/core/json_node.h"

namespace pinproof::sim {
namespace {

constexpr std::size_t kQuotedMax = 60;  // a message stays one line

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row[b.size()];
}

std::string listed(std::string_view typed, const std::vector<std::string_view>& words) {
  if (words.empty()) return "none";
  std::string list;
  for (const std::string_view word : words) list += (list.empty() ? "" : ", ") + in_quotes(word);
  if (words.size() > 1) list = "one of " + list;
  if (const auto near = nearest_word(typed, words)) list += " (did you mean " + in_quotes(*near) + "?)";
  return list;
}

/// "an integer from 0 to 32", leaving out the ends that are no limits.
template <typename Number, typename Format>
std::string ranged(std::string what, Number min, Number max, Number lowest, Number highest, Format format) {
  if (min > lowest && max < highest) return what + " from " + format(min) + " to " + format(max);
  if (min > lowest) return what + " of at least " + format(min);
  if (max < highest) return what + " of at most " + format(max);
  return what;
}

void write(const JsonNode& node, std::string& out) {
  switch (node.kind) {
    case JsonKind::kNull:
      out += "null";
      return;
    case JsonKind::kBoolean:
      out += node.boolean ? "true" : "false";
      return;
    case JsonKind::kInteger:
    case JsonKind::kNumber:
      out += node.text;
      return;
    case JsonKind::kString:
      out += json_text(node.text);
      return;
    case JsonKind::kArray:
    case JsonKind::kObject:
      break;
  }
  const bool is_object = node.kind == JsonKind::kObject;
  out += is_object ? '{' : '[';
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i > 0) out += ',';
    if (is_object) out += json_text(node.keys[i]) + ':';
    write(node.children[i], out);
  }
  out += is_object ? '}' : ']';
}

}  // namespace

std::string in_quotes(std::string_view text) {
  if (text.size() <= kQuotedMax) return json_text(text);
  std::size_t end = kQuotedMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;  // not in the middle of a character
  return json_text(text.substr(0, end)) + "…";
}

std::optional<std::string_view> nearest_word(std::string_view typed, const std::vector<std::string_view>& candidates) {
  std::optional<std::string_view> best;
  std::size_t best_distance = 3;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(typed, candidate);
    if (distance < best_distance && distance * 2 < candidate.size()) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

JsonKind JsonReader::kind() const { return node_->kind; }

void JsonReader::object(std::initializer_list<std::string_view> keys) const {
  object(std::vector<std::string_view>(keys));
}

void JsonReader::object(const std::vector<std::string_view>& keys) const {
  if (kind() != JsonKind::kObject) refuse("an object");
  for (const std::string& key : node_->keys) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      throw JsonError{child_pointer(pointer_, key), "unknown key " + in_quotes(key), listed(key, keys)};
    }
  }
}

JsonReader JsonReader::at(std::string_view key) const {
  if (const auto member = optional(key)) return *member;
  refuse("an object without " + in_quotes(key), "that key");
}

std::optional<JsonReader> JsonReader::optional(std::string_view key) const {
  if (kind() != JsonKind::kObject) refuse("an object");
  const auto found = std::find(node_->keys.begin(), node_->keys.end(), key);
  if (found == node_->keys.end()) return std::nullopt;
  return JsonReader(node_->children[static_cast<std::size_t>(found - node_->keys.begin())],
                    child_pointer(pointer_, key));
}

std::vector<std::pair<std::string, JsonReader>> JsonReader::members() const {
  if (kind() != JsonKind::kObject) refuse("an object");
  std::vector<std::pair<std::string, JsonReader>> members;
  for (std::size_t i = 0; i < node_->keys.size(); ++i) {
    members.emplace_back(node_->keys[i], JsonReader(node_->children[i], child_pointer(pointer_, node_->keys[i])));
  }
  return members;
}

std::vector<JsonReader> JsonReader::array(std::size_t size_min, std::size_t size_max) const {
  const auto format = [](std::size_t size) { return std::to_string(size); };
  const std::string expected = ranged<std::size_t>("an array with a size", size_min, size_max, 0,
                                                   std::numeric_limits<std::size_t>::max(), format);
  if (kind() != JsonKind::kArray) refuse(size_min == 0 ? "an array" : expected);
  const std::size_t size = node_->children.size();
  if (size < size_min || size > size_max) refuse("an array with a size of " + std::to_string(size), expected);
  std::vector<JsonReader> elements;
  for (std::size_t i = 0; i < size; ++i) {
    elements.emplace_back(node_->children[i], child_pointer(pointer_, std::to_string(i)));
  }
  return elements;
}

std::string JsonReader::string() const {
  if (kind() != JsonKind::kString) refuse("a string");
  return node_->text;
}

std::string JsonReader::non_empty_string(std::size_t length_max) const {
  const auto format = [](std::size_t length) { return std::to_string(length) + " bytes"; };
  const bool good = kind() == JsonKind::kString && !node_->text.empty() && node_->text.size() <= length_max;
  if (!good) {
    refuse(
        ranged<std::size_t>("a non-empty string", 0, length_max, 0, std::numeric_limits<std::size_t>::max(), format));
  }
  return node_->text;
}

std::int64_t JsonReader::integer(std::int64_t min, std::int64_t max) const {
  if (kind() != JsonKind::kInteger || node_->integer < min || node_->integer > max) {
    using Limits = std::numeric_limits<std::int64_t>;
    const auto format = [](std::int64_t value) { return std::to_string(value); };
    refuse(ranged<std::int64_t>("an integer", min, max, Limits::min(), Limits::max(), format));
  }
  return node_->integer;
}

double JsonReader::number(double min, double max) const {
  const bool is_number = kind() == JsonKind::kInteger || kind() == JsonKind::kNumber;
  if (!is_number || node_->number < min || node_->number > max) {
    using Limits = std::numeric_limits<double>;
    const auto format = json_number;
    refuse(ranged<double>("a number", min, max, Limits::lowest(), Limits::max(), format));
  }
  return node_->number;
}

bool JsonReader::boolean() const {
  if (kind() != JsonKind::kBoolean) refuse("true or false");
  return node_->boolean;
}

Duration JsonReader::duration(Duration min, Duration max) const {
  const std::optional<Duration> parsed = kind() == JsonKind::kString ? parse_duration(node_->text) : std::nullopt;
  if (!parsed || *parsed < min || *parsed > max) {
    const auto format = [](Duration value) { return in_quotes(format_duration(value)); };
    const bool positive = min == Duration(1) && max == Duration::max();
    const std::string expected =
        positive ? "a duration above \"0s\""
                 : ranged<Duration>("a duration", min, max, Duration::min(), Duration::max(), format);
    refuse(parsed ? expected : expected + ", such as \"29m59s\"");
  }
  return *parsed;
}

std::string JsonReader::one_of(std::initializer_list<std::string_view> words) const {
  choose(std::vector<std::string_view>(words));
  return node_->text;
}

std::size_t JsonReader::choose(const std::vector<std::string_view>& words) const {
  if (kind() != JsonKind::kString) refuse(listed("", words));
  const auto found = std::find(words.begin(), words.end(), node_->text);
  if (found == words.end()) refuse(listed(node_->text, words));
  return static_cast<std::size_t>(found - words.begin());
}

std::string JsonReader::text() const {
  std::string out;
  write(*node_, out);
  return out;
}

std::string JsonReader::described() const {
  switch (kind()) {
    case JsonKind::kString:
      return in_quotes(node_->text);
    case JsonKind::kArray:
      return "an array";
    case JsonKind::kObject:
      return "an object";
    default:
      return text();
  }
}

void JsonReader::refuse(std::string expected) const { refuse(described(), std::move(expected)); }

void JsonReader::refuse(std::string found, std::string expected) const {
  throw JsonError{pointer_, std::move(found), std::move(expected)};
}

std::optional<InputError> read_json(std::string file, std::string_view text,
                                    const std::function<void(const JsonReader&)>& read) {
  try {
    if (text.size() > kJsonTextMax) {
      throw JsonError{"", std::to_string(text.size()) + " bytes", "at most " + std::to_string(kJsonTextMax)};
    }
    const JsonNode root = parse_json_tree(text);
    read(JsonReader(root, ""));
    return std::nullopt;
  } catch (JsonError& error) {
    return InputError{std::move(file), std::move(error.pointer), std::move(error.found), std::move(error.expected)};
  }
}

}  // namespace pinproof::sim
