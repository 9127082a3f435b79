// One line of a history to what it says. Shape only: what one line can be wrong about; history_reader.h sees the lines together.
// The judge's speed hangs on read_record_line, so that it is one function from a line to a record, to be replaced as a whole.
#pragma once

#include <string>
#include <string_view>

#include "conformance/history/history.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

/// `where` is "FILE:LINE", for messages. A version other than kHistoryVersion is refused.
sim::Parsed<HistoryHeader> read_header_line(std::string where, std::string_view line);
sim::Parsed<Record> read_record_line(std::string where, std::string_view line);

}  // namespace pinproof::conformance
