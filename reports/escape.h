// Makes a string that a target (or a scenario file, or a path) chose safe to print on a terminal. A proxy under test answers with
// header values and reasons of its own; printed raw, they could move the cursor, repaint a verdict, or reverse a line's direction.
//
// Everything that a renderer for terminals prints goes through here; only the renderer's own colours do not.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pinproof::reports {

/// Longer strings are cut, so that one hostile header cannot bury the report. Columns of output, escapes included.
inline constexpr std::size_t kEscapedColumnsMax = 2000;

/// `text` on one line, with what does not show as itself spelled out:
///   \n \r \t          as those two characters
///   \x1b \x00 \xff    other control characters below U+0080, and bytes that are not UTF-8
///   \u{202e}          C1 controls, bidirectional controls, zero-width and other invisible characters, line separators
/// A backslash stays as it is: this is for reading, not for reading back. What exceeds `columns_max` is cut, and the number of
/// bytes cut off is said: "… (1234 bytes more)".
std::string escape(std::string_view text, std::size_t columns_max = kEscapedColumnsMax);

/// The same for text that may end in HTML: a "<" that could begin a tag is spelled out too, as \x3c. Those who read JUnit, CTRF or Markdown
/// and make a page or a comment of it do not all escape what they find.
std::string escape_tags(std::string_view text, std::size_t columns_max = kEscapedColumnsMax);

/// JSON text (as a serializer gives it: valid UTF-8, C0 controls escaped) with every other such character inside its strings as
/// \uXXXX, so that a machine's output does no harm either when somebody looks at it on a terminal. Means the same as before.
std::string escape_json_text(std::string_view json);

}  // namespace pinproof::reports
