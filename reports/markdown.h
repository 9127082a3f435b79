// A report as GitHub-flavoured Markdown, for a pull request or the summary of a CI job. Its first lines say whether the gateway conforms,
// where not, and how that is known; then come the broken promises with the exchanges that show them, what could not be told, what is not
// as the ledger says, what changed since an older run, and every promise in a table.
#pragma once

#include <cstddef>
#include <string>

#include "reports/report.h"

namespace pinproof::reports {

/// GitHub takes summaries of jobs up to 1 MiB, and comments up to 65,536 characters.
inline constexpr std::size_t kMarkdownBytesMax = 1'000'000;
inline constexpr std::size_t kMarkdownShortBytesMax = 64'000;

struct MarkdownOptions {
  bool is_short = false;  // for a comment: without the table of every promise, and with fewer exchanges
};

/// Never longer than those, whatever the report: what does not fit is counted and said. Everything that a target may have chosen is inert
/// (markdown_text.h).
std::string render_markdown(const Report& report, const MarkdownOptions& options = {});

}  // namespace pinproof::reports
