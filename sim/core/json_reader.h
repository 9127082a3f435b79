// Strict reading of JSON that people write (scenarios, rules, profiles, the catalogue), with complaints that say where
// and what.
//
//   Parsed<Point> parse_point(std::string file, std::string_view text) {
//     return parse_json(std::move(file), text, [](const JsonReader& json) {
//       json.object({"x", "label"});                    // an object, with no key but these
//       Point point;
//       point.x = json.at("x").integer(0, 100);         // must be there
//       if (const auto label = json.optional("label")) point.label = label->string();
//       return point;
//     });
//   }
//
// The first thing wrong ends the reading: a private exception, thrown by the readers below and caught by parse_json,
// becomes the InputError. So readers of parts are plain functions from a JsonReader to a value. A JsonReader is a view,
// cheap to copy, and is valid only inside the function handed to parse_json.
//
// Refused in every file: keys said twice, nesting deeper than kJsonDepthMax, text longer than kJsonTextMax, invalid
// UTF-8, anything after the end. The order of keys in the file is kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/input_error.h"
#include "sim/core/time.h"

namespace pinproof::sim {

/// Nobody writes deeper by hand, and the tree is walked recursively.
inline constexpr std::size_t kJsonDepthMax = 64;

/// Our largest files are histories, which are read a line at a time; a file over this is a mistake.
inline constexpr std::size_t kJsonTextMax = 16U << 20U;

enum class JsonKind : std::uint8_t { kNull, kBoolean, kInteger, kNumber, kString, kArray, kObject };

struct JsonNode;

class JsonReader {
 public:
  JsonReader(const JsonNode& node, std::string pointer) : node_(&node), pointer_(std::move(pointer)) {}

  JsonKind kind() const;
  const std::string& pointer() const { return pointer_; }

  /// An object with no key but `keys`; a stranger is refused, with "did you mean" where one of `keys` is close.
  void object(std::initializer_list<std::string_view> keys) const;
  void object(const std::vector<std::string_view>& keys) const;

  /// The member `key` of this object, which has to be there.
  JsonReader at(std::string_view key) const;

  /// The member `key` of this object, or nothing.
  std::optional<JsonReader> optional(std::string_view key) const;

  /// Every member of an object whose keys are data, in the order of the file.
  std::vector<std::pair<std::string, JsonReader>> members() const;

  /// The elements of an array of `size_min` to `size_max` elements.
  std::vector<JsonReader> array(std::size_t size_min = 0,
                                std::size_t size_max = std::numeric_limits<std::size_t>::max()) const;

  std::string string() const;

  /// A string of 1 to `length_max` bytes.
  std::string non_empty_string(std::size_t length_max = std::numeric_limits<std::size_t>::max()) const;

  /// A number written without fraction or exponent, `min` to `max`, both included.
  std::int64_t integer(std::int64_t min = std::numeric_limits<std::int64_t>::min(),
                       std::int64_t max = std::numeric_limits<std::int64_t>::max()) const;

  /// Any number, `min` to `max`, both included.
  double number(double min = std::numeric_limits<double>::lowest(),
                double max = std::numeric_limits<double>::max()) const;

  bool boolean() const;

  /// A string that parse_duration reads ("29m59s"), `min` to `max`, both included.
  Duration duration(Duration min = Duration::zero(), Duration max = Duration::max()) const;

  /// One of a few strings.
  std::string one_of(std::initializer_list<std::string_view> words) const;

  /// One of a few strings, as what each stands for.
  template <typename T>
  T one_of(std::initializer_list<std::pair<std::string_view, T>> words) const {
    std::vector<std::string_view> texts;
    for (const auto& word : words) texts.push_back(word.first);
    return (words.begin() + choose(texts))->second;
  }

  /// The place of this string in `words`; refused, with "did you mean" where one is close, when it is none of them.
  std::size_t choose(const std::vector<std::string_view>& words) const;

  /// This value as compact JSON text, keys in the order of the file.
  std::string text() const;

  /// How a complaint names this value: a scalar as its JSON text (cut when long), "an array", "an object".
  std::string described() const;

  /// Ends the reading with a complaint about this value, for checks of the caller's own.
  [[noreturn]] void refuse(std::string expected) const;
  [[noreturn]] void refuse(std::string found, std::string expected) const;

 private:
  const JsonNode* node_;
  std::string pointer_;
};

/// The candidate nearest to what was typed, for "did you mean": at most two edits away, and less than half of it; or
/// nothing.
std::optional<std::string_view> nearest_word(std::string_view typed, const std::vector<std::string_view>& candidates);

/// `text` in double quotes, escaped as in JSON, cut when long: for messages.
std::string in_quotes(std::string_view text);

/// `text` as a JSON string, for the few that write JSON by hand; bytes that are not UTF-8 are replaced.
std::string json_text(std::string_view text);

/// Parses `text` and hands it to `read`; what was wrong, or nothing. `file` is only a name for messages.
std::optional<InputError> read_json(std::string file, std::string_view text,
                                    const std::function<void(const JsonReader&)>& read);

/// Parses `text`, and gives what `read` makes of it or the first complaint.
template <typename Read>
auto parse_json(std::string file, std::string_view text, Read&& read)
    -> Parsed<std::decay_t<std::invoke_result_t<Read&, const JsonReader&>>> {
  std::optional<std::decay_t<std::invoke_result_t<Read&, const JsonReader&>>> value;
  if (auto error = read_json(std::move(file), text, [&](const JsonReader& json) { value.emplace(read(json)); })) {
    return std::move(*error);
  }
  return std::move(*value);
}

}  // namespace pinproof::sim
