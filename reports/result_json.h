// The result as JSON: what `run --json` prints, what --out leaves in result.json, and what `report` and every machine reads.
// The shape is in scenarios/schema/result.schema.json. Keys always stand in the same order and are always there, so that two
// results can be compared as text; what a run does not determine (its date, how long it took) is apart, under "volatile".
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "reports/result.h"

namespace pinproof::reports {

/// Indented by two spaces, with a newline at the end. Bytes that are not UTF-8 become U+FFFD.
std::string to_json(const Result& result);

/// What was wrong in a result file: where (JSON pointer, or "byte N" where it is not JSON), what stood there, what would be right.
struct ResultError {
  std::string pointer;
  std::string found;
  std::string expected;

  std::string message() const;  // "at POINTER: found X, expected Y"
};

/// The opposite of to_json. Strict: a missing key, a stranger, a wrong type or another version is an error.
std::variant<Result, ResultError> parse_result(std::string_view text);

}  // namespace pinproof::reports
