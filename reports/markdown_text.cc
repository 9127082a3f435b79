#include "reports/markdown_text.h"

#include <algorithm>
#include <vector>

#include "reports/escape.h"

namespace pinproof::reports {
namespace {

/// Not among them, each for what it does: ` * _ ~ [ ] < > \ | & # @ ! $ ^ { }.
constexpr std::string_view kHarmless = " ,.;()'\"-+=?/%:";

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_harmless(std::string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    // What is not ASCII has no meaning in Markdown, and escape() has taken out what has one elsewhere.
    const bool is_ascii = static_cast<unsigned char>(c) < 0x80;
    if (is_ascii && !is_letter_or_digit(c) && kHarmless.find(c) == std::string_view::npos) return false;
    // "://" of an address, ":name:" of an emoji, "%name" of a milestone.
    const bool ends_well = i + 1 == word.size() || !(is_letter_or_digit(word[i + 1]) || word[i + 1] == '/' ||
                                                     word[i + 1] == '+' || word[i + 1] == '"');
    if ((c == ':' || c == '%') && !ends_well) return false;
  }
  std::string lower(word);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower.find("www.") == std::string::npos && lower.find("gh-") == std::string::npos;
}

std::size_t longest_run_of_backticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// `text` is escaped already.
std::string span(std::string_view text) {
  if (text.empty()) return "";
  const std::string fence(longest_run_of_backticks(text) + 1, '`');
  const bool touches = text.front() == '`' || text.back() == '`' || text.front() == ' ' || text.back() == ' ';
  const std::string padding = touches && text.find_first_not_of(' ') != std::string_view::npos ? " " : "";
  return fence + padding + std::string(text) + padding + fence;
}

/// Inside of code a cell may say "\|", but parsers disagree about "\\|"; an entity outside of it is clear to all of them.
std::string span_in_cell(std::string_view text) {
  std::string result;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find('|', from), text.size());
    result += span(text.substr(from, to - from));
    if (to < text.size()) result += "&#124;";
    from = to + 1;
  }
  return result;
}

struct Piece {
  std::string text;
  bool is_code = false;
};

/// Plain text as words, those that are not harmless as code.
void append_words(std::vector<Piece>& pieces, std::string_view text) {
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t space = text.find(' ', from);
    const std::size_t word_end = std::min(space, text.size());
    const std::string_view word = text.substr(from, word_end - from);
    const std::string_view gap = space == std::string_view::npos ? "" : " ";
    if (!is_harmless(word)) {
      // The comma after a name is none of its own.
      const std::size_t last = word.find_last_not_of(",.");
      const std::size_t length = last == std::string_view::npos ? 0 : last + 1;
      pieces.push_back({std::string(word.substr(0, length)), true});
      const std::string after = std::string(word.substr(length)) + std::string(gap);
      if (!after.empty()) pieces.push_back({after, false});
    } else {
      if (pieces.empty() || pieces.back().is_code) pieces.push_back({});
      pieces.back().text += std::string(word) + std::string(gap);
    }
    from = word_end + gap.size();
  }
}

std::string rendered(std::string_view text, std::size_t columns_max, std::string (*code)(std::string_view)) {
  const std::string escaped = escape_tags(text, columns_max);
  // Cut at the backticks: what stands between a first and a second one is meant to be code.
  std::vector<Piece> pieces;
  bool is_code = false;
  for (std::size_t from = 0; from <= escaped.size();) {
    const std::size_t to = std::min(escaped.find('`', from), escaped.size());
    const std::string_view part = std::string_view(escaped).substr(from, to - from);
    if (is_code) {
      if (part.empty() || to == escaped.size()) return code(escaped);
      pieces.push_back({std::string(part), true});
    } else {
      append_words(pieces, part);
    }
    is_code = !is_code;
    from = to + 1;
  }
  std::string result;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    // Two spans side by side would be read as one with a longer fence.
    if (pieces[i].is_code && i > 0 && pieces[i - 1].is_code) return code(escaped);
    result += pieces[i].is_code ? code(pieces[i].text) : pieces[i].text;
  }
  return result;
}

}  // namespace

std::string markdown_text(std::string_view text, std::size_t columns_max) { return rendered(text, columns_max, span); }

std::string markdown_code(std::string_view text, std::size_t columns_max) {
  return span(escape_tags(text, columns_max));
}

std::string markdown_cell(std::string_view text, std::size_t columns_max) {
  return rendered(text, columns_max, span_in_cell);
}

std::string markdown_code_cell(std::string_view text, std::size_t columns_max) {
  return span_in_cell(escape_tags(text, columns_max));
}

std::string markdown_block(std::string_view lines) {
  const std::string fence(std::max<std::size_t>(longest_run_of_backticks(lines) + 1, 3), '`');
  std::string result = fence + "text\n" + std::string(lines);
  if (!lines.empty() && lines.back() != '\n') result += '\n';
  return result + fence + "\n";
}

}  // namespace pinproof::reports
