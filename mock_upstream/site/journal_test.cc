#include "mock_upstream/site/journal.h"

#include <gtest/gtest.h>

namespace pinproof::mock_upstream {
namespace {

TEST(Journal, NumbersStayTaken) {
  Journal journal(2);
  EXPECT_EQ(journal.next(), 0U);
  for (const char* token : {"a", "b", "c"}) {
    journal.add(sim::kStart, ExitSaw{"127.20.0.1", ExitSight::kForwarded, "GET", "o.test", token});
  }
  EXPECT_EQ(journal.first(), 1U) << "the oldest is forgotten";
  EXPECT_EQ(journal.next(), 3U);
  EXPECT_EQ(journal.entries().front().sequence, 1U);
  EXPECT_EQ(std::get<ExitSaw>(journal.entries().back().saw).token, "c");
  journal.clear();
  EXPECT_EQ(journal.first(), 3U);
  journal.add(sim::kStart + std::chrono::seconds(1), OriginSaw{});
  EXPECT_EQ(journal.entries().front().sequence, 3U);
}

}  // namespace
}  // namespace pinproof::mock_upstream
