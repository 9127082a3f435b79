#include "conformance/history/text_numbers.h"

#include <algorithm>

namespace pinproof::conformance {

std::uint32_t TextNumbers::number(std::string_view text) {
  if (const std::uint32_t* const known = numbers_.find(text)) return *known;
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(keep(text));
  numbers_.insert(number);
  return number;
}

std::string_view TextNumbers::keep(std::string_view text) {
  constexpr std::size_t kBlock = std::size_t{64} << 10U;
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < text.size()) {
    blocks_.emplace_back().reserve(std::max(kBlock, text.size()));
  }
  std::vector<char>& block = blocks_.back();
  const std::size_t begin = block.size();
  block.insert(block.end(), text.begin(), text.end());
  return {block.data() + begin, text.size()};
}

}  // namespace pinproof::conformance
