#include <string>
#include <string_view>

#include "reports/html/html_sections.h"
#include "reports/html/html_words.h"

namespace pinproof::reports {
namespace {

void write_head(HtmlWriter& page, std::string_view caption, std::initializer_list<std::string_view> titles) {
  page.leaf("caption", caption);
  const HtmlElement head(page, "thead");
  const HtmlElement row(page, "tr");
  for (const std::string_view title : titles) page.leaf("th", {{"scope", "col"}}, title);
}

void write_readings(HtmlWriter& page, const Result& result, std::size_t bytes) {
  if (result.readings.empty()) return;
  page.leaf("h3", "Readings");
  page.leaf(
      "p", {{"class", "intro"}},
      "Where the documentation can be read in more than one way, this is how it was read here. Another reading can "
      "make another verdict.");
  const HtmlElement scroll(page, "div", {{"class", "scroll"}});
  const HtmlElement table(page, "table");
  write_head(page, "How ambiguous promises were read", {"Reading", "Value", "What it means"});
  const HtmlElement body(page, "tbody");
  write_table_rows(page, result.readings, 3, bytes, [&page](const ReadingResult& reading) {
    page.leaf("th", {{"scope", "row"}}, reading.name);
    page.leaf("td", reading.value + (reading.differs ? " (not the usual one)" : ""));
    page.leaf("td", reading.means);
  });
}

void write_capabilities(HtmlWriter& page, const Result& result, std::size_t bytes) {
  if (result.capabilities.empty()) return;
  page.leaf("h3", "What the test could see and do");
  const HtmlElement scroll(page, "div", {{"class", "scroll"}});
  const HtmlElement table(page, "table");
  write_head(page, "Capabilities of the place it was tested in", {"Capability", "Dialect", "There"});
  const HtmlElement body(page, "tbody");
  write_table_rows(page, result.capabilities, 3, bytes, [&page](const CapabilityResult& one) {
    page.leaf("th", {{"scope", "row"}}, one.name);
    page.leaf("td", dialect_name(one.dialect));
    page.leaf("td", one.present ? "yes" : "no: what needs it is not testable");
  });
}

void write_histories(HtmlWriter& page, const Result& result, std::size_t bytes) {
  if (result.histories.empty()) return;
  const HtmlElement details(page, "details", {{"class", "plain"}});
  page.leaf("summary",
            "Files that the verdicts were judged from: " + counted(result.histories.size(), "history", "histories"));
  page.leaf("p", {{"class", "intro"}}, "sha256sum shows whether a file is still the one that was judged.");
  const HtmlElement scroll(page, "div", {{"class", "scroll"}});
  const HtmlElement table(page, "table");
  write_head(page, "Histories", {"File", "SHA-256"});
  const HtmlElement body(page, "tbody");
  write_table_rows(page, result.histories, 2, bytes, [&page](const HistoryFile& file) {
    page.leaf("td", file.file);
    const HtmlElement cell(page, "td", {{"class", "digest"}});
    page.leaf("code", file.sha256);
  });
}

void write_meanings(HtmlWriter& page) {
  const HtmlElement list(page, "dl", {{"class", "glossary"}});
  for (const VerdictStyle& style : kVerdictStyles) {
    {
      const HtmlElement term(page, "dt");
      write_badge(page, style.word);
    }
    page.leaf("dd", meaning_of_verdict(style.word));
  }
}

struct Sign {
  std::string_view classes;
  std::string_view label;
  std::string_view meaning;
};

constexpr Sign kSigns[] = {
    {"exit e0", "A", "a request that was served through exit A; exits are told apart by letter and colour"},
    {"exit e1", "→B", "the session's exit changed to B without a word"},
    {"exit e1", "↻B", "the answer announced that the session has a new exit, B"},
    {"exit e2", "C?", "the gateway says that it was exit C, and nobody saw it"},
    {"sign refused", "429", "an answer that refuses, with its status"},
    {"sign unanswered", "✕", "no answer, or not the whole of it"},
    {"sign call", "list", "a call of the sessions API: list, new, end"},
    {"sign deed", "▼ drop", "something done to an exit by the test"},
    {"sign bin", "×40", "so many requests near to each other"},
};

void write_signs(HtmlWriter& page) {
  const HtmlElement list(page, "dl", {{"class", "glossary"}});
  for (const Sign& sign : kSigns) {
    {
      const HtmlElement term(page, "dt");
      page.leaf("span", {{"class", std::string(sign.classes)}}, sign.label);
    }
    page.leaf("dd", sign.meaning);
  }
}

}  // namespace

void write_basis(HtmlWriter& page, const HtmlContext& context, std::size_t bytes) {
  const HtmlElement section(page, "section", {{"id", context.section("basis")}});
  page.leaf("h2", "What the verdicts rest on");
  write_readings(page, context.result(), bytes / 4);
  write_capabilities(page, context.result(), bytes / 4);
  write_histories(page, context.result(), bytes / 2);
}

void write_glossary(HtmlWriter& page) {
  const HtmlElement section(page, "section", {{"id", "words"}});
  page.leaf("h2", "Words and signs");
  const HtmlElement columns(page, "div", {{"class", "columns"}});
  {
    const HtmlElement part(page, "div");
    page.leaf("h3", "Verdicts");
    write_meanings(page);
  }
  const HtmlElement part(page, "div");
  page.leaf("h3", "In a timeline");
  write_signs(page);
  page.leaf("p", {{"class", "remark"}},
            "A pale band is the time for which a session was promised its exit; a thick line behind a request the time "
            "for which the gateway held it back; a red band an exit that was down. A ring marks an observation that "
            "proves a verdict.");
}

}  // namespace pinproof::reports
