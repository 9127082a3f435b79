#include "sim/core/time.h"

#include <array>
#include <limits>
#include <numeric>

#include <fmt/format.h>

namespace pinproof::sim {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};

/// Largest first, the order in which a duration must name them.
constexpr std::array<Unit, 6> kUnits{{{"h", 3'600'000'000'000},
                                      {"m", 60'000'000'000},
                                      {"s", 1'000'000'000},
                                      {"ms", 1'000'000},
                                      {"us", 1'000},
                                      {"ns", 1}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view take_while(std::string_view& text, bool (*wanted)(char)) {
  std::size_t length = 0;
  while (length < text.size() && wanted(text[length])) ++length;
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(length);
  return taken;
}

/// Minus the number: the negative side holds one value more.
std::optional<std::int64_t> parse_negated(std::string_view digits) {
  std::int64_t value = 0;
  for (const char digit : digits) {
    if (__builtin_mul_overflow(value, 10, &value) || __builtin_sub_overflow(value, digit - '0', &value))
      return std::nullopt;
  }
  return value;
}

/// Minus the nanoseconds of "0.<digits>" of a unit; empty when that is not a whole number of them.
std::optional<std::int64_t> parse_negated_fraction(std::string_view digits, std::int64_t unit) {
  while (digits.ends_with('0')) digits.remove_suffix(1);
  if (digits.size() > 18) return std::nullopt;  // no unit has that many decimals, and 10^18 is the last that fits
  const std::optional<std::int64_t> numerator = parse_negated(digits);
  std::int64_t denominator = 1;
  for (std::size_t i = 0; i < digits.size(); ++i) denominator *= 10;
  // Reducing by the common divisor first keeps the product below one unit.
  const std::int64_t common = std::gcd(unit, denominator);
  if (*numerator % (denominator / common) != 0) return std::nullopt;
  return *numerator / (denominator / common) * (unit / common);
}

/// "1.5" without the trailing zeros of its fraction; `value` and `unit` are nanoseconds.
std::string format_decimal(std::uint64_t value, std::uint64_t unit, std::size_t unit_digits) {
  std::string text = fmt::format("{}", value / unit);
  if (value % unit != 0) {
    text += fmt::format(".{:0{}}", value % unit, unit_digits);
    while (text.back() == '0') text.pop_back();
  }
  return text;
}

/// Unsigned, so that the most negative duration has a magnitude too.
std::uint64_t magnitude(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return value < 0 ? 0 - bits : bits;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;

  std::int64_t total = 0;  // counted downwards, as parse_negated() does
  std::size_t next_unit = 0;
  while (!text.empty()) {
    const std::string_view whole_digits = take_while(text, is_digit);
    std::string_view fraction_digits;
    const bool has_point = text.starts_with('.');
    if (has_point) {
      text.remove_prefix(1);
      fraction_digits = take_while(text, is_digit);
    }
    if (whole_digits.empty() || (has_point && fraction_digits.empty())) return std::nullopt;

    const std::string_view name = take_while(text, [](char c) { return c >= 'a' && c <= 'z'; });
    while (next_unit < kUnits.size() && kUnits[next_unit].name != name) ++next_unit;
    if (next_unit == kUnits.size()) return std::nullopt;
    const std::int64_t unit = kUnits[next_unit++].nanoseconds;

    const std::optional<std::int64_t> whole = parse_negated(whole_digits);
    const std::optional<std::int64_t> fraction = parse_negated_fraction(fraction_digits, unit);
    std::int64_t part = 0;
    if (!whole || !fraction || __builtin_mul_overflow(*whole, unit, &part) ||
        __builtin_add_overflow(total, part, &total) || __builtin_add_overflow(total, *fraction, &total)) {
      return std::nullopt;
    }
  }
  if (negative) return Duration{total};
  if (total == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  return Duration{-total};
}

std::string format_duration(Duration duration) {
  if (duration == Duration::zero()) return "0s";
  std::string text = duration < Duration::zero() ? "-" : "";
  std::uint64_t left = magnitude(duration.count());
  for (const Unit& unit : {kUnits[0], kUnits[1]}) {
    const auto size = static_cast<std::uint64_t>(unit.nanoseconds);
    if (left >= size) text += fmt::format("{}{}", left / size, unit.name);
    left %= size;
  }
  constexpr std::array<std::size_t, 6> kDecimals{0, 0, 9, 6, 3, 0};
  for (std::size_t i = 2; i < kUnits.size() && left != 0; ++i) {
    const auto size = static_cast<std::uint64_t>(kUnits[i].nanoseconds);
    if (left < size) continue;
    text += format_decimal(left, size, kDecimals[i]);
    text += kUnits[i].name;
    left = 0;
  }
  return text;
}

std::string format_instant(Instant instant) {
  if (instant == kNever) return "never";
  const std::int64_t count = instant.time_since_epoch().count();
  const std::uint64_t since_start = magnitude(count);
  const std::uint64_t seconds = since_start / 1'000'000'000;
  std::string text = fmt::format("{}{}:{:02}:{:02}.{:09}", count < 0 ? "-" : "", seconds / 3600, seconds / 60 % 60,
                                 seconds % 60, since_start % 1'000'000'000);
  const std::size_t shortest = text.size() - 6;
  while (text.size() > shortest && text.back() == '0') text.pop_back();
  return text;
}

}  // namespace pinproof::sim
