#include "mock_upstream/site/gates.h"

#include <gtest/gtest.h>

namespace pinproof::mock_upstream {
namespace {

TEST(Gates, AReleaseWakesAllOfItsTokenAndIsKept) {
  Gates gates;
  Wakeup first;
  Wakeup second;
  Wakeup other;
  const Gates::Waiting a(gates, "t-1", first);
  const Gates::Waiting b(gates, "t-1", second);
  const Gates::Waiting c(gates, "t-2", other);
  EXPECT_EQ(gates.waiting(), 3U);
  EXPECT_FALSE(gates.is_open("t-1"));
  EXPECT_TRUE(gates.release("t-1"));
  EXPECT_TRUE(first.fired());
  EXPECT_TRUE(second.fired());
  EXPECT_FALSE(other.fired());
  EXPECT_EQ(gates.waiting(), 1U);
  EXPECT_TRUE(gates.is_open("t-1"));
  gates.reset();
  EXPECT_FALSE(gates.is_open("t-1"));
}

TEST(Gates, WhatGaveUpIsNotWoken) {
  Gates gates;
  Wakeup wakeup;
  { const Gates::Waiting waiting(gates, "t-1", wakeup); }
  EXPECT_EQ(gates.waiting(), 0U);
  EXPECT_TRUE(gates.release("t-1"));
  EXPECT_FALSE(wakeup.fired());
}

}  // namespace
}  // namespace pinproof::mock_upstream
