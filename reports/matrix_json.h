// The deviation matrix from what `pinproof deviations --json` printed.
#pragma once

#include <string_view>
#include <variant>

#include "reports/matrix.h"
#include "reports/result_json.h"

namespace pinproof::reports {

/// Whether the text is JSON and says that it is a deviation matrix, rather than a result: so that a file of either kind can be named.
bool is_matrix(std::string_view text);

/// Of its version 1. A missing key or one of another type is an error; a key that is not known is let pass.
std::variant<Matrix, ResultError> parse_matrix(std::string_view text);

}  // namespace pinproof::reports
