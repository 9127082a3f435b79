// Numbers for texts, from 0 in the order in which they came: so that what has to be remembered of millions of tokens is a vector. Each
// text is kept once, in blocks of many.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/core/lookup_table.h"

namespace pinproof::conformance {

class TextNumbers {
 public:
  TextNumbers() : numbers_(TextOf{&texts_}) {}
  // Its table looks into its texts.
  TextNumbers(const TextNumbers&) = delete;
  TextNumbers& operator=(const TextNumbers&) = delete;

  /// The number of `text`, which it gets now if it has none.
  std::uint32_t number(std::string_view text);
  bool contains(std::string_view text) const { return numbers_.find(text) != nullptr; }

  std::string_view text(std::uint32_t number) const { return texts_[number]; }
  std::size_t size() const { return texts_.size(); }

 private:
  struct TextOf {
    const std::vector<std::string_view>* texts;
    std::string_view operator()(std::uint32_t number) const { return (*texts)[number]; }
  };

  std::string_view keep(std::string_view text);

  std::vector<std::vector<char>> blocks_;
  std::vector<std::string_view> texts_;
  sim::SlotLookup<TextOf> numbers_;
};

}  // namespace pinproof::conformance
