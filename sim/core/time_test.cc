#include "sim/core/time.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "sim/core/random.h"

namespace pinproof::sim {
namespace {

TEST(ParseDuration, ReadsEveryUnitAndTheirSums) {
  const struct {
    const char* text;
    std::int64_t nanoseconds;
  } kCases[] = {
      {"0s", 0},
      {"-0s", 0},
      {"1ns", 1},
      {"1us", 1'000},
      {"1ms", 1'000'000},
      {"1s", 1'000'000'000},
      {"1m", 60'000'000'000},
      {"1h", 3'600'000'000'000},
      {"30m", 1'800'000'000'000},
      {"29m59s", 1'799'000'000'000},
      {"90s", 90'000'000'000},
      {"1.5s", 1'500'000'000},
      {"1.50000000000000000000000s", 1'500'000'000},
      {"0.000000001s", 1},
      {"0.00000000025h", 900},
      {"1h30m", 5'400'000'000'000},
      {"1h0.5m1ns", 3'630'000'000'001},
      {"1h2m3s4ms5us6ns", 3'723'004'005'006},
      {"-30m", -1'800'000'000'000},
      {"-1m0.5s", -60'500'000'000},
      {"007s", 7'000'000'000},
      {"9223372036854775807ns", std::numeric_limits<std::int64_t>::max()},
      {"-9223372036854775808ns", std::numeric_limits<std::int64_t>::min()},
      {"2562047h47m16.854775807s", std::numeric_limits<std::int64_t>::max()},
  };
  for (const auto& [text, nanoseconds] : kCases) EXPECT_EQ(parse_duration(text), Duration{nanoseconds}) << text;
}

TEST(ParseDuration, RefusesAnythingElse) {
  for (const char* text : {"",
                           "-",
                           "0",
                           "30",
                           "m",
                           "30 m",
                           " 30m",
                           "30m ",
                           "+30m",
                           "--30m",
                           "30M",
                           "30min",
                           "30sec",
                           "1d",
                           ".5s",
                           "1.s",
                           "1.5",
                           "1..5s",
                           "1.5.5s",
                           "1,5s",
                           "1e3s",
                           "0x1s",
                           "1m1h",
                           "1s1m",
                           "1s1s",
                           "1h1h",
                           "1m-1s",
                           "0.5ns",
                           "0.0000000001s",
                           "1.23456789012345678901s",
                           "9223372036854775808ns",
                           "-9223372036854775809ns",
                           "2562048h",
                           "99999999999999999999h",
                           "2562047h47m16.854775808s",
                           "\xc2\xb5s",
                           "1\xc2\xb5s"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << '"' << text << '"';
  }
}

TEST(FormatDuration, SaysHoursMinutesAndTheRestInItsLargestUnit) {
  const struct {
    std::int64_t nanoseconds;
    const char* text;
  } kCases[] = {
      {0, "0s"},
      {1, "1ns"},
      {999, "999ns"},
      {1'500, "1.5us"},
      {250'000'000, "250ms"},
      {1'500'000'000, "1.5s"},
      {12'000'000'001, "12.000000001s"},
      {60'000'000'000, "1m"},
      {60'250'000'000, "1m250ms"},
      {1'799'000'000'000, "29m59s"},
      {1'800'000'000'000, "30m"},
      {3'600'000'000'000, "1h"},
      {3'601'000'000'000, "1h1s"},
      {90'000'000'000'000, "25h"},
      {-1'500'000'000, "-1.5s"},
      {std::numeric_limits<std::int64_t>::max(), "2562047h47m16.854775807s"},
      {std::numeric_limits<std::int64_t>::min(), "-2562047h47m16.854775808s"},
  };
  for (const auto& [nanoseconds, text] : kCases) EXPECT_EQ(format_duration(Duration{nanoseconds}), text);
}

TEST(FormatDuration, IsReadBackAsTheSameDuration) {
  Random random{20'240'601};
  for (int i = 0; i < 20'000; ++i) {
    // Every magnitude gets its share, and so do round values, which exercise the dropping of zeros.
    std::int64_t count = static_cast<std::int64_t>(random.bits() >> random.below(64));
    if (random.chance(1, 2)) count = count / 1'000'000 * 1'000'000;
    const Duration duration{random.chance(1, 2) ? count : -(count / 2)};
    ASSERT_EQ(parse_duration(format_duration(duration)), duration) << format_duration(duration);
  }
}

TEST(FormatInstant, SaysMillisecondsAndMoreDigitsOnlyWhereNeeded) {
  EXPECT_EQ(format_instant(kStart), "0:00:00.000");
  EXPECT_EQ(format_instant(kStart + 29min + 59s), "0:29:59.000");
  EXPECT_EQ(format_instant(kStart + 30min + 1ms), "0:30:00.001");
  EXPECT_EQ(format_instant(kStart + 120ms), "0:00:00.120");
  EXPECT_EQ(format_instant(kStart + 1500us), "0:00:00.0015");
  EXPECT_EQ(format_instant(kStart + 100h + 1ns), "100:00:00.000000001");
  EXPECT_EQ(format_instant(kStart - 1s), "-0:00:01.000");
  EXPECT_EQ(format_instant(Instant::min()), "-2562047:47:16.854775808");
  EXPECT_EQ(format_instant(kNever), "never");
}

}  // namespace
}  // namespace pinproof::sim
