// Makes a string that a target (or a file) chose harmless in GitHub's and GitLab's Markdown. There is more to hide than markup: "@team"
// calls people, "#1" and "!1" leave a trace in other issues, an address becomes a link. Both leave code alone, and so does the parser:
// words that could do anything become code spans, and the rest stays plain, since a report all in code is hard to read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pinproof::reports {

/// `text` on one line, at most `columns_max` wide before the markup: plain where every character is harmless, code where not. What stands
/// in `backticks` already stays code. Not for the start of a line, where even a digit may mean something.
std::string markdown_text(std::string_view text, std::size_t columns_max = 600);

/// All of it a code span; nothing where it is empty.
std::string markdown_code(std::string_view text, std::size_t columns_max = 600);

/// The same for a cell of a table, which a "|" would end.
std::string markdown_cell(std::string_view text, std::size_t columns_max = 200);
std::string markdown_code_cell(std::string_view text, std::size_t columns_max = 200);

/// A fenced block, with a fence that no line of it can close. `lines` divided by "\n", each escaped by the caller (escape.h).
std::string markdown_block(std::string_view lines);

}  // namespace pinproof::reports
