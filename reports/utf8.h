// Reading text that may not be what it says it is: one UTF-8 code point at a time, with bad bytes told apart instead of trusted.
// For whatever shows a target's words to a person.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pinproof::reports {

struct CodePoint {
  char32_t value = 0;      // the byte itself where `valid` is false
  std::size_t length = 1;  // bytes; always 1 where `valid` is false
  bool valid = false;      // false: not UTF-8 here (overlong forms, surrogates and values past U+10FFFF included)
};

/// The code point that starts at `text[at]`; `at` is inside `text`.
CodePoint decode_utf8(std::string_view text, std::size_t at);

/// How many columns a terminal gives `text`: none for combining marks, two for wide (East Asian, emoji) ones, one for the rest.
/// An approximation by blocks: it aligns tables and decides where lines break, nothing more.
std::size_t columns(std::string_view text);

/// `text` cut to `columns_max` columns, the last of them an ellipsis where something was cut off.
std::string cut_to_columns(std::string_view text, std::size_t columns_max, std::string_view ellipsis);

}  // namespace pinproof::reports
