#include "sim/http/percent.h"

#include <gtest/gtest.h>

namespace pinproof::sim {
namespace {

TEST(Percent, DataIsEncodedAndComesOutAsItWas) {
  struct Case {
    std::string_view text;
    std::string_view encoded;
  };
  for (const Case& one : {Case{"", ""}, Case{"1836172", "1836172"}, Case{"1836172 1691272", "1836172%201691272"},
                          Case{"a/b?c#d%e", "a%2Fb%3Fc%23d%25e"}, Case{"-._~", "-._~"}, Case{"%20", "%2520"},
                          Case{"\xC3\xA9\r\n", "%C3%A9%0D%0A"}, Case{"a&b=c+d", "a%26b%3Dc%2Bd"}}) {
    EXPECT_EQ(percent_encoded(one.text), one.encoded);
    EXPECT_EQ(percent_decoded(one.encoded), one.text);
  }
}

TEST(Percent, WhatIsNoEscapeStandsForItself) {
  EXPECT_EQ(percent_decoded("%"), "%");
  EXPECT_EQ(percent_decoded("%2"), "%2");
  EXPECT_EQ(percent_decoded("%zz%41"), "%zzA");
  EXPECT_EQ(percent_decoded("%c3%A9"), "\xC3\xA9");
}

}  // namespace
}  // namespace pinproof::sim
