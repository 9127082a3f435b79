#include "conformance/history/line_reader.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace pinproof::conformance {
namespace {

std::vector<std::string> lines_of(const std::string& text, std::size_t line_max = 1000) {
  std::istringstream in(text);
  LineReader reader(in, line_max);
  std::vector<std::string> lines;
  while (reader.next()) {
    EXPECT_EQ(reader.number(), lines.size() + 1);
    lines.push_back(reader.too_long() ? "(too long)" : std::string(reader.line()) + (reader.ended() ? "$" : ""));
  }
  EXPECT_FALSE(reader.next());
  return lines;
}

using Lines = std::vector<std::string>;

TEST(LineReader, GivesEachLineAndWhetherItEnded) {
  EXPECT_EQ(lines_of(""), Lines{});
  EXPECT_EQ(lines_of("\n"), Lines{"$"});
  EXPECT_EQ(lines_of("a\nbc\n"), (Lines{"a$", "bc$"}));
  EXPECT_EQ(lines_of("a\n\n\nb"), (Lines{"a$", "$", "$", "b"}));
  EXPECT_EQ(lines_of("a\r\nb"), (Lines{"a\r$", "b"}));
}

TEST(LineReader, StopsAtALineThatIsTooLong) {
  EXPECT_EQ(lines_of("1234\n12345\n1\n", 4), (Lines{"1234$", "(too long)"}));
  EXPECT_EQ(lines_of("1234", 4), Lines{"1234"});
  EXPECT_EQ(lines_of("12345", 4), Lines{"(too long)"});
}

TEST(LineReader, JoinsWhatComesInSeveralReads) {
  // Lines of every length about the size of a read, and one that is longer than several.
  std::string text;
  Lines expected;
  for (const std::size_t size : {262143U, 1U, 262144U, 0U, 262145U, 1'000'000U, 7U}) {
    expected.push_back(std::string(size, static_cast<char>('a' + expected.size())));
    text += expected.back() + "\n";
    expected.back() += "$";
  }
  EXPECT_EQ(lines_of(text, 1'000'000), expected);
}

TEST(LineReader, DoesNotReadAnEndlessLineToItsEnd) {
  std::istringstream in(std::string(std::size_t{4} << 20U, 'x'));
  LineReader reader(in, 1000);
  EXPECT_TRUE(reader.next());
  EXPECT_TRUE(reader.too_long());
  EXPECT_EQ(reader.line(), "");
  EXPECT_LE(in.tellg(), std::streamoff{1} << 20U);
}

}  // namespace
}  // namespace pinproof::conformance
