#include "reports/html/html_writer.h"

#include <gtest/gtest.h>

#include <utility>

#include <stdexcept>
#include <string>

namespace pinproof::reports {
namespace {

using namespace std::string_literals;

TEST(HtmlText, LetsNothingAct) {
  const struct {
    std::string text;
    std::string html;
  } cases[] = {
      {"plain", "plain"},
      {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
      {"\" onload='x' &amp;", "&quot; onload=&#39;x&#39; &amp;amp;"},
      {"a\nb\tc", "a\\nb\\tc"},
      {"\x1b[2J\0"s, "\\x1b[2J\\x00"},
      {"\xff\xfe", "\\xff\\xfe"},
      {"\xe2\x80\xae"
       "gnp",
       "\\u{202e}gnp"},
      {"é → ✗", "é → ✗"},
  };
  for (const auto& [text, html] : cases) EXPECT_EQ(html_text(text), html);
}

TEST(HtmlText, IsCutWhereItIsEndless) { EXPECT_EQ(html_text(std::string(50, 'A'), 3), "AAA… (47 bytes more)"); }

TEST(HtmlAnchor, IsStableAndOfOneThingOnly) {
  EXPECT_EQ(html_anchor("requirement", "H-PIN-2"), "requirement-H-PIN-2");
  EXPECT_EQ(html_anchor("scenario", "helodata/pin/on-connect"), "scenario-helodata/pin/on-connect");
  EXPECT_EQ(html_anchor("scenario", "a b\"><"), "scenario-a~20b~22~3e~3c");
  EXPECT_EQ(html_anchor("scenario", "~20"), "scenario-~7e20");
}

TEST(HtmlWriter, WritesElements) {
  HtmlWriter page;
  {
    const HtmlElement section(page, "section", {{"id", "a\"b"}, {"class", ""}});
    page.leaf("p", {{"title", "<"}}, "1 < 2");
    page.empty("input", {{"value", ""}});
    page.text(" & more");
  }
  EXPECT_EQ(page.take(),
            "\n<section id=\"a&quot;b\"><p title=\"&lt;\">1 &lt; 2</p><input value=\"\"/> &amp; more</section>");
}

TEST(HtmlWriter, LinksOnlyToWhatThePageHas) {
  HtmlWriter page;
  page.link("here", "<1>");
  page.link("nowhere", "<2>");
  HtmlWriter part;
  part.link("nowhere", "3");
  part.leaf("p", {{"id", "here"}}, "4");
  part.link("here", "5");
  page.append(std::move(part));
  EXPECT_EQ(
      page.take(),
      "<a href=\"#here\">&lt;1&gt;</a><span>&lt;2&gt;</span><span>3</span><p id=\"here\">4</p><a href=\"#here\">5</a>");
}

TEST(HtmlWriter, RefusesWhatIsNotClosed) {
  HtmlWriter page;
  EXPECT_THROW(page.close(), std::logic_error);
  page.open("p");
  EXPECT_THROW(page.take(), std::logic_error);
}

}  // namespace
}  // namespace pinproof::reports
