// Keeps many short texts, without malloc's overhead for each: in blocks, in steps of eight bytes, named by a number half as long as a
// pointer. The place of a text given back is used again for one of the same number of steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace pinproof::sim {

class TextArena {
 public:
  using Place = std::uint32_t;
  static constexpr Place kNowhere = 0xffffffffU;
  static constexpr std::size_t kTextMax = 0xffff;

  /// A copy of the text, at most kTextMax bytes.
  Place keep(std::string_view text);
  /// The text kept there; its length is the owner's to know.
  std::string_view text(Place place, std::size_t length) const {
    return {blocks_[place / kStepsPerBlock]->bytes + place % kStepsPerBlock * kStep, length};
  }
  void release(Place place, std::size_t length);

  std::size_t memory_bytes() const;

 private:
  static constexpr std::size_t kStep = 8;
  static constexpr std::size_t kStepsPerBlock = 8192;

  // On the bounds of cache lines, so that texts of 64 bytes fill whole ones.
  struct alignas(64) Block {
    char bytes[kStepsPerBlock * kStep];
  };

  static std::size_t steps_of(std::size_t length) { return length == 0 ? 1 : (length + kStep - 1) / kStep; }

  std::vector<std::unique_ptr<Block>> blocks_;
  std::size_t used_ = kStepsPerBlock;     // of the last block
  std::vector<std::vector<Place>> free_;  // by number of steps
};

}  // namespace pinproof::sim
