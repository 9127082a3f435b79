// Time as the whole project counts it: 64-bit integer nanoseconds on a timeline that starts at zero.
//
// An Instant is a point on that timeline, a Duration a stretch of it. The timeline has no now(): time is handed in by
// whoever moves it (the simulator, the clock contract, the live shells), never fetched.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pinproof::sim {

using Duration = std::chrono::duration<std::int64_t, std::nano>;

/// The timeline of std::chrono's time_point; deliberately not a clock, since it cannot be asked for the time.
struct Timeline {
  using duration = Duration;
  using rep = Duration::rep;
  using period = Duration::period;
};

using Instant = std::chrono::time_point<Timeline, Duration>;

inline constexpr Instant kStart{Duration::zero()};
inline constexpr Instant kNever{Duration::max()};

using namespace std::chrono_literals;

/// Reads what people write in scenarios and rules: one or more of a decimal number and a unit (h, m, s, ms, us, ns),
/// largest unit first, nothing between them: "30m", "29m59s", "1.5s", "0s". A leading '-' negates the whole. Empty when
/// it is anything else or does not fit 64 bits of nanoseconds.
std::optional<Duration> parse_duration(std::string_view text);

/// The one text for a duration, which parse_duration reads back as the same: hours, minutes and the rest in its largest
/// unit, none that is zero: "29m59s", "1m", "1m30s", "1.5s", "250ms", "0s".
std::string format_duration(Duration duration);

/// An instant as people read it in reports: hours, minutes, seconds and milliseconds since the start, "0:29:59.000";
/// more digits only where the instant has them.
std::string format_instant(Instant instant);

}  // namespace pinproof::sim
