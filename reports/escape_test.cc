#include "reports/escape.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace pinproof::reports {
namespace {

using namespace std::string_view_literals;

struct Case {
  std::string_view name;
  std::string_view text;
  std::string_view shown;
};

TEST(Escape, ShowsWhatIsInvisibleAndDisarmsWhatActs) {
  const std::vector<Case> cases = {
      {"plain", "200 via 127.20.0.4, repinned", "200 via 127.20.0.4, repinned"},
      {"empty", "", ""},
      {"accents and symbols", "Zürich → 東京 ✓", "Zürich → 東京 ✓"},
      {"backslash stays", R"(a\b)", R"(a\b)"},
      {"clear screen", "\x1b[2J\x1b[1;1H", R"(\x1b[2J\x1b[1;1H)"},
      {"operating system command", "\x1b]0;owned\x07", R"(\x1b]0;owned\x07)"},
      {"NUL", "a\0b"sv, R"(a\x00b)"},
      {"lines", "a\r\nb\tc", R"(a\r\nb\tc)"},
      {"backspace and DEL", "a\x08\x7f", R"(a\x08\x7f)"},
      {"C1 control sequence introducer",
       "\xc2\x9b"
       "31m",
       R"(\u{9b}31m)"},
      {"bare high byte", "\xff", R"(\xff)"},
      {"bare C1 byte",
       "\x9b"
       "31m",
       R"(\x9b31m)"},
      {"overlong slash", "\xc0\xaf", R"(\xc0\xaf)"},
      {"surrogate", "\xed\xa0\x80", R"(\xed\xa0\x80)"},
      {"past the last code point", "\xf4\x90\x80\x80", R"(\xf4\x90\x80\x80)"},
      {"cut off in the middle", "\xe2\x82", R"(\xe2\x82)"},
      {"right-to-left override",
       "gpj\xe2\x80\xae"
       "exe",
       R"(gpj\u{202e}exe)"},
      {"isolates", "\xe2\x81\xa6x\xe2\x81\xa9", R"(\u{2066}x\u{2069})"},
      {"zero width space",
       "a\xe2\x80\x8b"
       "b",
       R"(a\u{200b}b)"},
      {"byte order mark",
       "\xef\xbb\xbf"
       "a",
       R"(\u{feff}a)"},
      {"line separator",
       "a\xe2\x80\xa8"
       "b",
       R"(a\u{2028}b)"},
      {"tag character", "\xf3\xa0\x81\x81", R"(\u{e0041})"},
  };
  for (const Case& test : cases) EXPECT_EQ(escape(test.text), test.shown) << test.name;
}

TEST(Escape, CutsLongTextsAndSaysHowMuch) {
  EXPECT_EQ(escape("abcdef", 6), "abcdef");
  EXPECT_EQ(escape("abcdefg", 6), "abcdef… (1 bytes more)");
  EXPECT_EQ(escape("\x1b\x1b", 4), "\\x1b… (1 bytes more)");
  EXPECT_EQ(escape("a\x1b", 3), "a… (1 bytes more)") << "an escape is never cut in two";
  const std::string flood(10'000'000, 'x');
  EXPECT_EQ(escape(flood), std::string(2000, 'x') + "… (9998000 bytes more)");
}

TEST(Escape, CountsCombiningMarks) {
  std::string tower = "a";
  for (int i = 0; i < 5000; ++i) tower += "\xcc\x81";
  EXPECT_LE(escape(tower).size(), 4100U);
}

TEST(Escape, LeavesNoControlByteWhateverTheInput) {
  std::string every;
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      every += static_cast<char>(first);
      every += static_cast<char>(second);
    }
  }
  const std::string shown = escape(every, every.size() * 8);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const auto byte = static_cast<unsigned char>(shown[i]);
    ASSERT_GE(byte, 0x20) << "at " << i;
    ASSERT_NE(byte, 0x7F) << "at " << i;
    if (byte == 0xC2) {
      ASSERT_GE(static_cast<unsigned char>(shown[i + 1]), 0xA0) << "a C1 control at " << i;
    }
  }
}

TEST(EscapeJsonText, SpellsOutWhatActsOnATerminal) {
  EXPECT_EQ(escape_json_text("{\"a\": \"é → b\"}\n"), "{\"a\": \"é → b\"}\n");
  EXPECT_EQ(escape_json_text("\"\x7f\""), R"("\u007f")");
  EXPECT_EQ(escape_json_text("\"\xc2\x9b\""), R"("\u009b")");
  EXPECT_EQ(escape_json_text("\"\xe2\x80\xae\""), R"("\u202e")");
  EXPECT_EQ(escape_json_text("\"\xf3\xa0\x81\x81\""), R"("\udb40\udc41")");
}

TEST(EscapeTags, LeavesNoTag) {
  EXPECT_EQ(escape_tags("<script>x</script> <!-- <?php <IMG"), R"(\x3cscript>x\x3c/script> \x3c!-- \x3c?php \x3cIMG)");
  EXPECT_EQ(escape_tags("1 < 2 <= 3 <"), "1 < 2 <= 3 <");
  EXPECT_EQ(escape_tags("<b\n", 4), R"(\x3cb\n)");
}

}  // namespace
}  // namespace pinproof::reports
