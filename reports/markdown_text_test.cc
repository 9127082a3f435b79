#include "reports/markdown_text.h"

#include <gtest/gtest.h>

#include <string>

namespace pinproof::reports {
namespace {

struct Example {
  const char* text;
  const char* shown;
};

TEST(MarkdownText, LeavesPlainWordsAsTheyAre) {
  const Example kExamples[] = {
      {"", ""},
      {"no residential pin beyond 30 minutes", "no residential pin beyond 30 minutes"},
      {"held 29 times; 50% of 1.2 s (≥ 3/4)", "held 29 times; 50% of 1.2 s (≥ 3/4)"},
      {"H-STK-6: expected `just-over` to be refused, saw 200", "H-STK-6: expected `just-over` to be refused, saw 200"},
      {"over_cap=reject, and no more", "`over_cap=reject`, and no more"},
  };
  for (const Example& one : kExamples) EXPECT_EQ(markdown_text(one.text), one.shown);
}

TEST(MarkdownText, MakesCodeOfWhatCouldDoSomething) {
  const Example kExamples[] = {
      {"<script>alert(1)</script>", R"(`\x3cscript>alert(1)\x3c/script>`)"},
      {"ask @everyone now", "ask `@everyone` now"},
      {"fixes #1 and GH-2 and !3", "fixes `#1` and `GH-2` and `!3`"},
      {"see https://evil.example or www.evil.example", "see `https://evil.example` or `www.evil.example`"},
      {"[click here](http://evil)", "`[click` `here](http://evil)`"},
      {"**bold** _slant_ ~~gone~~ $x$", "`**bold**` `_slant_` `~~gone~~` `$x$`"},
      {":tada: %\"milestone\" &amp; a\\b", "`:tada:` `%\"milestone\"` `&amp;` `a\\b`"},
      {"a|b", "`a|b`"},
      {"(x_y), z_z. @team,", "`(x_y)`, `z_z`. `@team`,"},
      {"two\nlines \x1b[31mred\xff", "`two\\nlines` `\\x1b[31mred\\xff`"},
      {"one ` alone", "``one ` alone``"},
      {"a ``` fence", "````a ``` fence````"},
      {"`", "`` ` ``"},
      {"x_y`z`", "`` x_y`z` ``"},
  };
  for (const Example& one : kExamples) EXPECT_EQ(markdown_text(one.text), one.shown) << one.text;
}

TEST(MarkdownText, KeepsCellsWhole) {
  EXPECT_EQ(markdown_cell("a|b"), "`a`&#124;`b`");
  EXPECT_EQ(markdown_cell("|"), "&#124;");
  EXPECT_EQ(markdown_cell("end\\|next cell"), "`end\\`&#124;`next` cell");
  EXPECT_EQ(markdown_code_cell("x`|y"), "`` x` ``&#124;`y`");
}

TEST(MarkdownText, CutsFloods) {
  EXPECT_EQ(markdown_text(std::string(1000, 'a'), 5), "aaaaa… (995 bytes more)");
  EXPECT_EQ(markdown_code(std::string(1000, '*'), 5), "`*****… (995 bytes more)`");
}

TEST(MarkdownText, FencesABlockThatHasFences) {
  EXPECT_EQ(markdown_block("a\nb"), "```text\na\nb\n```\n");
  EXPECT_EQ(markdown_block("```\n# out\n````\n"), "`````text\n```\n# out\n````\n`````\n");
}

}  // namespace
}  // namespace pinproof::reports
