#include "sim/gateway/text_arena.h"

#include <cstring>

#include "sim/core/check.h"

namespace pinproof::sim {

TextArena::Place TextArena::keep(std::string_view text) {
  PINPROOF_CHECK(text.size() <= kTextMax, "a text of {} bytes", text.size());
  const std::size_t steps = steps_of(text.size());
  Place place = kNowhere;
  if (steps < free_.size() && !free_[steps].empty()) {
    place = free_[steps].back();
    free_[steps].pop_back();
  } else {
    if (used_ + steps > kStepsPerBlock) {
      blocks_.push_back(std::make_unique_for_overwrite<Block>());
      used_ = 0;
    }
    const std::size_t next = (blocks_.size() - 1) * kStepsPerBlock + used_;
    PINPROOF_CHECK(next < kNowhere, "{} texts' worth of places", next);
    place = static_cast<Place>(next);
    used_ += steps;
  }
  std::memcpy(blocks_[place / kStepsPerBlock]->bytes + place % kStepsPerBlock * kStep, text.data(), text.size());
  return place;
}

void TextArena::release(Place place, std::size_t length) {
  const std::size_t steps = steps_of(length);
  if (steps >= free_.size()) free_.resize(steps + 1);
  free_[steps].push_back(place);
}

std::size_t TextArena::memory_bytes() const {
  std::size_t bytes = blocks_.size() * sizeof(Block);
  for (const auto& places : free_) bytes += places.capacity() * sizeof(Place);
  return bytes;
}

}  // namespace pinproof::sim
