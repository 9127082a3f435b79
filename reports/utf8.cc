#include "reports/utf8.h"

#include <algorithm>
#include <array>

namespace pinproof::reports {
namespace {

struct Block {
  char32_t first;
  char32_t last;
};

bool is_in(char32_t value, const auto& blocks) {
  return std::any_of(blocks.begin(), blocks.end(),
                     [value](const Block& block) { return value >= block.first && value <= block.last; });
}

constexpr std::array<Block, 8> kCombining = {{{0x0300, 0x036F},
                                              {0x0483, 0x0489},
                                              {0x0591, 0x05BD},
                                              {0x0610, 0x061A},
                                              {0x064B, 0x065F},
                                              {0x20D0, 0x20FF},
                                              {0xFE00, 0xFE0F},
                                              {0xFE20, 0xFE2F}}};

constexpr std::array<Block, 9> kWide = {{{0x1100, 0x115F},
                                         {0x2E80, 0x303E},
                                         {0x3041, 0xA4CF},
                                         {0xAC00, 0xD7A3},
                                         {0xF900, 0xFAFF},
                                         {0xFE30, 0xFE6F},
                                         {0xFF00, 0xFF60},
                                         {0x1F300, 0x1FAFF},
                                         {0x20000, 0x3FFFD}}};

std::size_t columns_of(const CodePoint& point) {
  if (!point.valid) return 1;
  if (is_in(point.value, kCombining)) return 0;
  return is_in(point.value, kWide) ? 2 : 1;
}

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t at) {
  const auto byte_at = [text](std::size_t index) -> unsigned { return static_cast<unsigned char>(text[index]); };
  const unsigned first = byte_at(at);
  const CodePoint invalid{static_cast<char32_t>(first), 1, false};
  if (first < 0x80) return {static_cast<char32_t>(first), 1, true};

  std::size_t length = 0;
  char32_t value = 0;
  char32_t least = 0;  // a smaller value would have fitted a shorter form
  if ((first & 0xE0U) == 0xC0) {
    length = 2, value = first & 0x1FU, least = 0x80;
  } else if ((first & 0xF0U) == 0xE0) {
    length = 3, value = first & 0x0FU, least = 0x800;
  } else if ((first & 0xF8U) == 0xF0) {
    length = 4, value = first & 0x07U, least = 0x10000;
  } else {
    return invalid;
  }
  if (text.size() - at < length) return invalid;
  for (std::size_t i = 1; i < length; ++i) {
    const unsigned next = byte_at(at + i);
    if ((next & 0xC0U) != 0x80) return invalid;
    value = (value << 6U) | (next & 0x3FU);
  }
  const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least || value > 0x10FFFF || is_surrogate) return invalid;
  return {value, length, true};
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    count += columns_of(point);
    at += point.length;
  }
  return count;
}

std::string cut_to_columns(std::string_view text, std::size_t columns_max, std::string_view ellipsis) {
  if (columns(text) <= columns_max) return std::string(text);
  const std::size_t ellipsis_columns = columns(ellipsis);
  const std::size_t room = columns_max > ellipsis_columns ? columns_max - ellipsis_columns : 0;
  std::size_t at = 0;
  std::size_t used = 0;
  while (at < text.size()) {
    const CodePoint point = decode_utf8(text, at);
    if (used + columns_of(point) > room) break;
    used += columns_of(point);
    at += point.length;
  }
  return std::string(text.substr(0, at)) + std::string(ellipsis);
}

}  // namespace pinproof::reports
