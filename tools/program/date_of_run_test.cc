#include "tools/program/date_of_run.h"

#include <gtest/gtest.h>

namespace pinproof::program {
namespace {

constexpr std::chrono::system_clock::time_point kNow{std::chrono::seconds(1'795'348'200)};

TEST(DateOfRun, IsTheClockUnlessItIsSaid) {
  EXPECT_EQ(date_text(std::nullopt, kNow), "2026-11-22T11:50:00Z");
  EXPECT_EQ(date_text("0", kNow), "1970-01-01T00:00:00Z");
  EXPECT_EQ(date_text("1830297599", kNow), "2027-12-31T23:59:59Z");
  EXPECT_EQ(date_text("253402300799", kNow), "9999-12-31T23:59:59Z");
}

TEST(DateOfRun, IsANumberOfSeconds) {
  for (const std::string said : {"", "now", "-1", "1.5", " 1", "253402300800", "18446744073709551616"}) {
    EXPECT_EQ(date_text(said, kNow), std::nullopt) << said;
  }
}

TEST(DateOfRun, HasADay) { EXPECT_EQ(day_of("2026-11-22T11:50:00Z"), "2026-11-22"); }

}  // namespace
}  // namespace pinproof::program
