#include "reports/date.h"

#include <chrono>
#include <cstddef>

namespace pinproof::reports {
namespace {

constexpr std::string_view kShape = "0000-00-00T00:00:00Z";

}  // namespace

std::optional<std::int64_t> unix_milliseconds(std::string_view text) {
  if (text.size() != kShape.size()) return std::nullopt;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == '0' ? !is_digit : text[i] != kShape[i]) return std::nullopt;
  }
  const auto number = [text](std::size_t from, std::size_t digits) {
    int value = 0;
    for (const char c : text.substr(from, digits)) value = value * 10 + (c - '0');
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year(number(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  const int hour = number(11, 2);
  const int minute = number(14, 2);
  const int second = number(17, 2);
  if (!day.ok() || number(0, 4) < 1970 || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const std::chrono::seconds since = std::chrono::sys_days(day).time_since_epoch() + std::chrono::hours(hour) +
                                     std::chrono::minutes(minute) + std::chrono::seconds(second);
  return std::chrono::milliseconds(since).count();
}

bool is_date(std::string_view text) { return unix_milliseconds(text).has_value(); }

}  // namespace pinproof::reports
