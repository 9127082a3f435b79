// Picks one text out of JSON that somebody else wrote.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pinproof::conformance {

/// The text at `pointer` (RFC 6901; empty: the whole), or nothing: no JSON, nothing there, or no text.
std::optional<std::string> text_at_pointer(std::string_view text, const std::string& pointer);

}  // namespace pinproof::conformance
