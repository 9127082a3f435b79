#include "sim/http/headers.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pinproof::sim {
namespace {

std::vector<std::string> lines(const Headers& headers) {
  std::vector<std::string> all;
  for (const auto field : headers) all.push_back(std::string(field.name) + ": " + std::string(field.value));
  return all;
}

TEST(Headers, KeepOrderSpellingAndRepetition) {
  Headers headers{{"Host", "a.test"}, {"x-LOWER", ""}};
  headers.add("Set-Cookie", "a=1");
  headers.add("Set-Cookie", "b=2");
  headers.add_number("Age", 18'446'744'073'709'551'615U);
  EXPECT_EQ(lines(headers), (std::vector<std::string>{"Host: a.test", "x-LOWER: ", "Set-Cookie: a=1", "Set-Cookie: b=2",
                                                      "Age: 18446744073709551615"}));
}

TEST(Headers, NamesCompareWithoutCaseInAsciiOnly) {
  const Headers headers{{"X-Helodata-Exit-IP", "127.20.0.1"}, {"x-helodata-exit-ip", "second"}};
  EXPECT_EQ(headers.find("x-helodata-EXIT-ip"), "127.20.0.1") << "the first of them";
  EXPECT_EQ(headers.count("X-HELODATA-EXIT-IP"), 2U);
  EXPECT_TRUE(headers.has("x-helodata-exit-ip"));
  EXPECT_FALSE(headers.has("x-helodata-exit"));
  EXPECT_EQ(headers.find("x-helodata-exit-ip2"), std::nullopt);
  EXPECT_FALSE(same_field_name("[", "{")) << "they differ in the same bit as letters do";
  EXPECT_FALSE(same_field_name("@", "`"));
  EXPECT_FALSE(same_field_name("\xc4", "\xe4"));
  EXPECT_TRUE(same_field_name("", ""));
}

TEST(Headers, OrderByNameIsThatOfTheComparison) {
  EXPECT_FALSE(field_name_less("HOST", "host"));
  EXPECT_FALSE(field_name_less("host", "HOST"));
  EXPECT_TRUE(field_name_less("Accept", "ACCEPT-Encoding"));
  EXPECT_TRUE(field_name_less("a", "B"));
}

TEST(Headers, AddAllAppendsInOrder) {
  Headers headers{{"A", "1"}};
  headers.add_all({{"B", "2"}, {"a", "3"}});
  headers.add_all({});
  EXPECT_EQ(lines(headers), (std::vector<std::string>{"A: 1", "B: 2", "a: 3"}));
}

TEST(Headers, RemoveTakesEveryFieldOfThatName) {
  Headers headers{{"A", "1"}, {"b", "2"}, {"a", "3"}, {"C", "4"}};
  headers.remove("a");
  EXPECT_EQ(lines(headers), (std::vector<std::string>{"b: 2", "C: 4"}));
  headers.remove("nothing");
  EXPECT_EQ(lines(headers).size(), 2U);
  headers.remove("B");
  headers.remove("c");
  EXPECT_TRUE(headers.empty());
}

TEST(Headers, HoldAnyBytesUpTo65535) {
  const std::string longest(65'535, 'v');
  const std::string bytes("\0\xff\r\n", 4);
  Headers headers{{longest, longest}, {"B", bytes}};
  EXPECT_EQ(headers.find(longest), longest);
  EXPECT_EQ(headers.find("B"), bytes);
}

TEST(HeadersDeathTest, MoreThanThatIsAMistakeOfTheProgrammer) {
  const std::string over(65'536, 'v');
  Headers headers;
  EXPECT_DEATH(headers.add("A", over), "a header field of 1 \\+ 65536 bytes");
  EXPECT_DEATH(headers.add(over, ""), "a header field of 65536 \\+ 0 bytes");
}

TEST(Headers, AreEqualWhenSpelledEqually) {
  EXPECT_EQ((Headers{{"A", "1"}}), (Headers{{"A", "1"}}));
  EXPECT_FALSE((Headers{{"A", "1"}}) == (Headers{{"a", "1"}}));
  EXPECT_FALSE((Headers{{"A", "1"}, {"B", "2"}}) == (Headers{{"B", "2"}, {"A", "1"}}));
  EXPECT_FALSE((Headers{{"AB", "C"}}) == (Headers{{"A", "BC"}}));
  Headers cleared{{"A", "1"}};
  cleared.clear();
  EXPECT_EQ(cleared, Headers{});
  EXPECT_EQ(cleared.find("A"), std::nullopt);
}

}  // namespace
}  // namespace pinproof::sim
