#include "tools/program/date_of_run.h"

#include <fmt/chrono.h>

#include <cstdlib>

#include "sim/core/json_reader.h"
#include "tools/program/command_line/numbers.h"
#include "tools/program/data_root.h"

namespace pinproof::program {
namespace {

constexpr std::uint64_t kSecondsMax = 253'402'300'799;  // 9999-12-31T23:59:59Z

}  // namespace

std::optional<std::string> date_text(const std::optional<std::string>& source_date_epoch,
                                     std::chrono::system_clock::time_point now) {
  auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch());
  if (source_date_epoch) {
    const auto said = parse_number(*source_date_epoch);
    if (!said || *said > kSecondsMax) return std::nullopt;
    seconds = std::chrono::seconds(*said);
  }
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds.count())));
}

std::string date_of_run() {
  const char* const set = std::getenv("SOURCE_DATE_EPOCH");
  const auto said = set == nullptr ? std::nullopt : std::optional<std::string>(set);
  auto date = date_text(said, std::chrono::system_clock::now());
  if (!date) {
    throw WrongVariable("SOURCE_DATE_EPOCH: found " + sim::in_quotes(*said) +
                        ", expected a number of seconds since 1970");
  }
  return std::move(*date);
}

std::string day_of(const std::string& date) { return date.substr(0, date.find('T')); }

}  // namespace pinproof::program
