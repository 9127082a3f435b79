// The tree behind json_reader.h, in the order of the file, and the one exception of a reading. Only the reader's own
// sources include this; everybody else reads through JsonReader.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/json_reader.h"

namespace pinproof::sim {

struct JsonNode {
  JsonKind kind = JsonKind::kNull;
  bool boolean = false;
  std::int64_t integer = 0;
  double number = 0;
  std::string text;  // of a string: its value; of a number: as it was written
  std::vector<std::string> keys;
  std::vector<JsonNode> children;
};

/// Thrown at the first thing wrong, caught by read_json.
struct JsonError {
  std::string pointer;
  std::string found;
  std::string expected;
};

/// The tree of a JSON text; throws JsonError at what is not JSON, and at what a strict reader refuses although JSON
/// allows it.
JsonNode parse_json_tree(std::string_view text);

/// The pointer of the member `key` of what stands at `parent`, escaped as RFC 6901 says.
std::string child_pointer(const std::string& parent, std::string_view key);

/// A double as JSON writes it.
std::string json_number(double value);

}  // namespace pinproof::sim
