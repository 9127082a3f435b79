// The date that reports and ledgers go by: the clock of the machine, or SOURCE_DATE_EPOCH (reproducible-builds.org), for whoever wants the
// same bytes again.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace pinproof::program {

/// "2026-11-22T11:30:00Z". Throws WrongVariable where SOURCE_DATE_EPOCH is set and is no number of seconds.
std::string date_of_run();

/// The same of what is handed in; nothing where `source_date_epoch` is no number of seconds since 1970, before the year 10000.
std::optional<std::string> date_text(const std::optional<std::string>& source_date_epoch,
                                     std::chrono::system_clock::time_point now);

/// "2026-11-22", the day of such a date.
std::string day_of(const std::string& date);

}  // namespace pinproof::program
