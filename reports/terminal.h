// The report that `pinproof run` shows a person: what failed and why, with the exchange that shows it and the command that plays it
// again, before anything else; then what could not be decided; then a table of requirements for each dialect; one line of summary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "reports/result.h"
#include "reports/terminal_page.h"

namespace pinproof::reports {

enum class Verbosity : std::uint8_t {
  kQuiet,    // what went wrong, and the summary
  kNormal,   // and the table of requirements
  kVerbose,  // and every scenario; exchanges in full, not only those around the evidence
};

struct TerminalReportOptions {
  TerminalOptions page;
  Verbosity verbosity = Verbosity::kNormal;
  std::size_t places_max = 3;  // where one requirement broke: more are counted, not shown
};

/// The whole report; ends in a newline. Every word that a target or a file may have chosen is escaped.
std::string render_terminal(const Result& result, const TerminalReportOptions& options);

}  // namespace pinproof::reports
