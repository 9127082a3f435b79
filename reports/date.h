// The date of a run, as its header has it: RFC 3339 in UTC, "2026-11-22T11:30:00Z". A result file may say anything there.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pinproof::reports {

/// Whether it is such a date; years from 1970.
bool is_date(std::string_view text);

/// Milliseconds since 1970, or nothing where it is no date.
std::optional<std::int64_t> unix_milliseconds(std::string_view text);

}  // namespace pinproof::reports
