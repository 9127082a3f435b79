// A page of text for a terminal: escaped, wrapped and coloured as it is written. The one way in which a renderer for terminals
// puts words out, so that nothing hostile can go round it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pinproof::reports {

enum class Ink { kPlain, kBold, kDim, kGood, kBad, kUnsure };

struct TerminalOptions {
  bool colour = false;      // ANSI colours: only for a terminal whose owner did not say NO_COLOR
  std::size_t width = 100;  // columns; lines that are made to be copied (commands) are never wrapped
};

/// Part of a line.
struct Span {
  std::string text;
  Ink ink = Ink::kPlain;
};

/// `text` broken at spaces into lines of at most `width` columns; a word longer than that is broken anywhere.
/// Never empty; no line ends in a space.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

class TerminalPage {
 public:
  explicit TerminalPage(const TerminalOptions& options) : options_(options) {}

  void blank() { text_ += '\n'; }

  /// One line as it is, whatever its length.
  void line(const std::vector<Span>& spans, std::size_t indent = 0);

  /// A paragraph: `lead` (a label, a time) on the first line, `text` wrapped to the right of it.
  void paragraph(const std::vector<Span>& lead, std::string_view text, std::size_t indent, Ink ink = Ink::kPlain);

  std::size_t width() const { return options_.width; }
  std::string take() { return std::move(text_); }

 private:
  std::string painted(const Span& span) const;

  TerminalOptions options_;
  std::string text_;
};

}  // namespace pinproof::reports
