// The first line of a history to what it says: whose behaviour it is, and by which promises and readings it is judged.
#pragma once

#include <string>
#include <string_view>

#include "conformance/catalogue/catalogue.h"
#include "conformance/history/history.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

/// `where` is "FILE:LINE", for messages. A version other than kHistoryVersion is refused.
///
/// With a catalogue, so are a requirement, a reading, a value of one and a dialect that it does not know; and readings and promised numbers
/// that the header leaves out, as one written by hand may, are the catalogue's defaults.
sim::Parsed<HistoryHeader> read_header_line(std::string where, std::string_view line, const Catalogue* catalogue);

/// What is expected where `id`, which the catalogue does not have, stands.
std::string a_requirement_of(const Catalogue& catalogue, std::string_view id);

}  // namespace pinproof::conformance
