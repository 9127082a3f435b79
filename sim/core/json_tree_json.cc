#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "sim/core/json_node.h"

namespace pinproof::sim {
namespace {

constexpr std::size_t kKeysSearched = 32;

/// Builds the tree; throws JsonError at what a strict reader refuses although JSON allows it.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit TreeBuilder(std::string_view text) : text_(text) {}

  bool null() override { return scalar({}); }

  bool boolean(bool value) override {
    JsonNode node;
    node.kind = JsonKind::kBoolean;
    node.boolean = value;
    return scalar(std::move(node));
  }

  bool number_integer(number_integer_t value) override {
    JsonNode node;
    node.kind = JsonKind::kInteger;
    node.integer = value;
    node.number = static_cast<double>(value);
    node.text = std::to_string(value);
    return scalar(std::move(node));
  }

  bool number_unsigned(number_unsigned_t value) override {
    if (value <= static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max())) {
      return number_integer(static_cast<number_integer_t>(value));
    }
    return number_float(static_cast<double>(value), std::to_string(value));
  }

  bool number_float(number_float_t value, const string_t& written) override {
    JsonNode node;
    node.kind = JsonKind::kNumber;
    node.number = value;
    node.text = written;
    return scalar(std::move(node));
  }

  bool string(string_t& value) override {
    JsonNode node;
    node.kind = JsonKind::kString;
    node.text = std::move(value);
    return scalar(std::move(node));
  }

  bool binary(binary_t& /*value*/) override { return false; }  // not in JSON text

  bool start_object(std::size_t /*elements*/) override { return open(JsonKind::kObject); }
  bool start_array(std::size_t /*elements*/) override { return open(JsonKind::kArray); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& key) override {
    std::vector<std::string>& keys = open_.back().keys;
    if (is_known(keys, key)) {
      throw JsonError{child_pointer(pointer(), key), "the key " + in_quotes(key) + " twice", "every key once"};
    }
    keys.push_back(std::move(key));
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::json::exception& error) override {
    // nlohmann's text is "[json.exception.parse_error.101] parse error at …: syntax error while parsing value -
    // unexpected X; expected Y", where the last part is missing when nothing particular was expected.
    std::string found = error.what();
    std::string expected = "JSON";
    if (const std::size_t dash = found.find(" - "); dash != std::string::npos) found.erase(0, dash + 3);
    if (const std::size_t semicolon = found.rfind("; expected "); semicolon != std::string::npos) {
      expected = found.substr(semicolon + 11);
      found.erase(semicolon);
    }
    // What was read up to there may be long and need not be UTF-8; line and column say enough.
    if (const std::size_t last = found.find("; last read: "); last != std::string::npos) found.erase(last);
    if (expected == "'[', '{', or a literal") expected = "a value";
    for (const std::string_view prefix : {"[json.exception.out_of_range.406] ", "unexpected "}) {
      if (found.rfind(prefix, 0) == 0) found.erase(0, prefix.size());
    }
    throw JsonError{line_and_column(position), found, expected};
  }

  /// The parser takes a NUL for the end of the text, and says nothing of what stands behind it.
  void refuse_nul() const {
    const std::size_t nul = text_.find('\0');
    if (nul != std::string_view::npos) throw JsonError{line_and_column(nul + 1), "a NUL byte", "end of input"};
  }

  JsonNode take_root() { return std::move(root_); }

 private:
  /// Most objects have a handful of keys, and are searched from end to end; a list of sessions has thousands, and is not.
  bool is_known(const std::vector<std::string>& keys, const std::string& key) {
    if (keys.size() < kKeysSearched) return std::find(keys.begin(), keys.end(), key) != keys.end();
    std::set<std::string>& seen = seen_[open_.size()];
    if (keys.size() == kKeysSearched) seen = {keys.begin(), keys.end()};
    return !seen.insert(key).second;
  }

  bool scalar(JsonNode node) {
    place(std::move(node));
    return true;
  }

  bool open(JsonKind kind) {
    if (open_.size() == kJsonDepthMax) {
      throw JsonError{pointer(), "nesting deeper than " + std::to_string(kJsonDepthMax), "at most that"};
    }
    JsonNode node;
    node.kind = kind;
    open_.push_back(std::move(node));
    return true;
  }

  bool close() {
    JsonNode node = std::move(open_.back());
    open_.pop_back();
    place(std::move(node));
    return true;
  }

  void place(JsonNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else {
      open_.back().children.push_back(std::move(node));
    }
  }

  std::string pointer() const {
    std::string pointer;
    for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
      const JsonNode& node = open_[i];
      pointer = child_pointer(pointer,
                              node.kind == JsonKind::kObject ? node.keys.back() : std::to_string(node.children.size()));
    }
    return pointer;
  }

  /// `position` counts the bytes read, so that the last of them is the one to blame.
  std::string line_and_column(std::size_t position) const {
    const std::string_view before = text_.substr(0, position == 0 ? 0 : std::min(position - 1, text_.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t line_start = before.rfind('\n');
    const std::size_t column = before.size() - (line_start == std::string_view::npos ? 0 : line_start + 1) + 1;
    return std::to_string(line) + ":" + std::to_string(column);
  }

  std::string_view text_;
  std::vector<JsonNode> open_;
  std::map<std::size_t, std::set<std::string>> seen_;  // by depth: the keys of an object that has many
  JsonNode root_;
};

}  // namespace

JsonNode parse_json_tree(std::string_view text) {
  TreeBuilder builder(text);
  nlohmann::json::sax_parse(text, &builder);
  builder.refuse_nul();
  return builder.take_root();
}

std::string child_pointer(const std::string& parent, std::string_view key) {
  std::string pointer = parent + '/';
  for (const char c : key) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
  return pointer;
}

std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_number(double value) { return nlohmann::json(value).dump(); }

}  // namespace pinproof::sim
