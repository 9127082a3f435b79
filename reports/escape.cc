#include "reports/escape.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/utf8.h"

namespace pinproof::reports {
namespace {

struct Block {
  char32_t first;
  char32_t last;
};

/// Characters that act on the text around them, or that nobody can see.
constexpr std::array<Block, 15> kUnprintable = {{
    {0x0080, 0x009F},    // C1 controls: U+009B alone starts an escape sequence on some terminals
    {0x00AD, 0x00AD},    // soft hyphen
    {0x061C, 0x061C},    // Arabic letter mark
    {0x115F, 0x1160},    // Hangul fillers
    {0x180B, 0x180F},    // Mongolian selectors and vowel separator
    {0x200B, 0x200F},    // zero width, left-to-right and right-to-left marks
    {0x2028, 0x202E},    // line and paragraph separators, bidirectional embeddings and overrides
    {0x2060, 0x206F},    // word joiner, invisible operators, bidirectional isolates
    {0x3164, 0x3164},    // Hangul filler
    {0xFE00, 0xFE0F},    // variation selectors
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFF0, 0xFFFB},    // interlinear annotations
    {0xFFFE, 0xFFFF},    // noncharacters
    {0x1D173, 0x1D17A},  // musical formatting
    {0xE0000, 0xE0FFF},  // tags, more variation selectors
}};

bool is_unprintable(char32_t value) {
  return std::any_of(kUnprintable.begin(), kUnprintable.end(),
                     [value](const Block& block) { return value >= block.first && value <= block.last; });
}

std::string shown(std::string_view text, std::size_t at, const CodePoint& point) {
  const auto value = static_cast<std::uint32_t>(point.value);
  if (!point.valid) return fmt::format("\\x{:02x}", value);
  switch (value) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      break;
  }
  if (value < 0x20 || value == 0x7F) return fmt::format("\\x{:02x}", value);
  if (is_unprintable(point.value)) return fmt::format("\\u{{{:x}}}", value);
  return std::string(text.substr(at, point.length));
}

}  // namespace

std::string escape(std::string_view text, std::size_t columns_max) {
  std::string result;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const std::string piece = shown(text, at, point);
    // A combining mark costs nothing on screen, but a thousand of them climb over the lines above: each counts as one.
    const std::size_t width = std::max<std::size_t>(columns(piece), 1);
    if (used + width > columns_max) return result + fmt::format("… ({} bytes more)", text.size() - at);
    result += piece;
    used += width;
    at += point.length;
  }
  return result;
}

std::string escape_tags(std::string_view text, std::size_t columns_max) {
  std::string result = escape(text, columns_max);
  for (std::size_t at = 0; (at = result.find('<', at)) != std::string::npos; ++at) {
    const char next = at + 1 < result.size() ? result[at + 1] : ' ';
    const bool is_letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    if (is_letter || next == '/' || next == '!' || next == '?') result.replace(at, 1, "\\x3c");
  }
  return result;
}

std::string escape_json_text(std::string_view json) {
  std::string result;
  result.reserve(json.size());
  for (std::size_t at = 0; at < json.size();) {
    const CodePoint point = decode_utf8(json, at);
    const auto value = static_cast<std::uint32_t>(point.value);
    if (value != 0x7F && !is_unprintable(point.value)) {
      result += json.substr(at, point.length);
    } else if (value < 0x10000) {
      result += fmt::format("\\u{:04x}", value);
    } else {
      const std::uint32_t offset = value - 0x10000;
      result += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (offset >> 10U), 0xDC00 + (offset & 0x3FFU));
    }
    at += point.length;
  }
  return result;
}

}  // namespace pinproof::reports
