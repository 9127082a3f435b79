// Lays JSON out as a person would: a value on one line where it fits, else its members a line each. The same value
// always gives the same text.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace pinproof::conformance {

/// Text that ends with a newline. Objects and arrays that fit `width` columns stay on a line; the outermost never does.
std::string laid_out(const nlohmann::ordered_json& json, std::size_t width = 120);

}  // namespace pinproof::conformance
