#include "reports/date.h"

#include <gtest/gtest.h>

namespace pinproof::reports {
namespace {

TEST(Date, IsReadAsUtc) {
  EXPECT_EQ(unix_milliseconds("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(unix_milliseconds("2026-11-22T11:30:00Z"), 1'795'347'000'000);
  EXPECT_EQ(unix_milliseconds("2024-02-29T23:59:59Z"), 1'709'251'199'000);
}

TEST(Date, IsRefusedWhereItIsNone) {
  for (const char* text : {"", "today", "2026-11-22", "2026-11-22T11:30:00", "2026-11-22T11:30:00+01:00",
                           "2026-13-22T11:30:00Z", "2025-02-29T11:30:00Z", "2026-11-22T24:00:00Z",
                           "2026-11-22T11:60:00Z", "1969-12-31T23:59:59Z", "2026-11-22T11:30:00Z\n"}) {
    EXPECT_FALSE(is_date(text)) << text;
  }
}

}  // namespace
}  // namespace pinproof::reports
