#include "reports/terminal_page.h"

#include <algorithm>

#include "reports/escape.h"
#include "reports/utf8.h"

namespace pinproof::reports {
namespace {

/// Text gets at least this much room, on however narrow a terminal: below it nothing can be read anyway.
constexpr std::size_t kTextColumnsMin = 24;

std::string_view ansi_code(Ink ink) {
  switch (ink) {
    case Ink::kBold:
      return "\x1b[1m";
    case Ink::kDim:
      return "\x1b[2m";
    case Ink::kGood:
      return "\x1b[32m";
    case Ink::kBad:
      return "\x1b[1;31m";
    case Ink::kUnsure:
      return "\x1b[33m";
    case Ink::kPlain:
      break;
  }
  return "";
}

/// As many bytes of `text` as fill `width` columns, at least one code point.
std::size_t bytes_that_fit(std::string_view text, std::size_t width) {
  std::size_t at = 0;
  std::size_t used = 0;
  while (at < text.size()) {
    const std::size_t length = decode_utf8(text, at).length;
    const std::size_t wide = columns(text.substr(at, length));
    if (at != 0 && used + wide > width) break;
    used += wide;
    at += length;
  }
  return at;
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const bool is_first = lines.back().empty();
    if (!is_first && used + 1 + columns(word) > width) {
      lines.emplace_back();
      used = 0;
    } else if (!is_first) {
      lines.back() += ' ';
      ++used;
    }
    while (columns(word) > width) {
      const std::size_t fit = bytes_that_fit(word, width);
      if (fit == word.size()) break;
      lines.back() += word.substr(0, fit);
      lines.emplace_back();
      word.remove_prefix(fit);
    }
    lines.back() += word;
    used += columns(word);
  }
  return lines;
}

std::string TerminalPage::painted(const Span& span) const {
  std::string text = escape(span.text);
  const std::string_view code = options_.colour && !text.empty() ? ansi_code(span.ink) : "";
  return code.empty() ? text : std::string(code) + text + "\x1b[0m";
}

void TerminalPage::line(const std::vector<Span>& spans, std::size_t indent) {
  std::string written(indent, ' ');
  for (const Span& span : spans) written += painted(span);
  while (written.ends_with(' ')) written.pop_back();
  text_ += written + "\n";
}

void TerminalPage::paragraph(const std::vector<Span>& lead, std::string_view text, std::size_t indent, Ink ink) {
  std::string written(indent, ' ');
  std::size_t start = indent;
  for (const Span& span : lead) {
    written += painted(span);
    start += columns(escape(span.text));
  }
  const std::size_t room = std::max(options_.width > start ? options_.width - start : 0, kTextColumnsMin);
  for (const std::string& piece : wrap(escape(text), room)) {
    written += painted({piece, ink});
    while (written.ends_with(' ')) written.pop_back();
    text_ += written + "\n";
    written.assign(start, ' ');
  }
}

}  // namespace pinproof::reports
