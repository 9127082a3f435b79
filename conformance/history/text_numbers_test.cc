#include "conformance/history/text_numbers.h"

#include <gtest/gtest.h>

#include <string>

namespace pinproof::conformance {
namespace {

TEST(TextNumbers, GivesEachTextOneNumber) {
  TextNumbers numbers;
  EXPECT_EQ(numbers.number("b"), 0U);
  EXPECT_EQ(numbers.number("a"), 1U);
  EXPECT_EQ(numbers.number(""), 2U);
  EXPECT_EQ(numbers.number("b"), 0U);
  EXPECT_TRUE(numbers.contains("a"));
  EXPECT_FALSE(numbers.contains("c"));
  EXPECT_EQ(numbers.text(1), "a");
  EXPECT_EQ(numbers.size(), 3U);
}

TEST(TextNumbers, KeepsTextsWhereTheyAre) {
  TextNumbers numbers;
  const std::string longer_than_a_block(100'000, 'x');
  EXPECT_EQ(numbers.number(longer_than_a_block), 0U);
  for (std::uint32_t i = 1; i <= 20'000; ++i) ASSERT_EQ(numbers.number("token-" + std::to_string(i)), i);
  for (std::uint32_t i = 1; i <= 20'000; ++i) ASSERT_EQ(numbers.text(i), "token-" + std::to_string(i));
  EXPECT_EQ(numbers.number("token-12345"), 12'345U);
  EXPECT_EQ(numbers.text(0), longer_than_a_block);
}

}  // namespace
}  // namespace pinproof::conformance
