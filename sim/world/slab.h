// Where the world keeps its connections, exchanges and legs: slots that are used again, named by handles that know when their slot
// has gone to somebody else. An event holds a handle, and finds nothing when what it was about is over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "sim/core/check.h"

namespace pinproof::sim {

template <typename T>
struct Handle {
  std::uint32_t index = 0xffffffffU;
  std::uint32_t generation = 0;

  bool operator==(const Handle&) const = default;
};

template <typename T>
class Slab {
 public:
  /// A slot whose value is as its last user left it: strings keep their buffers, so the new user clears what it does not set.
  Handle<T> acquire() {
    ++live_;
    if (!free_.empty()) {
      const std::uint32_t index = free_.back();
      free_.pop_back();
      return {index, slots_[index].generation};
    }
    slots_.emplace_back();
    return {static_cast<std::uint32_t>(slots_.size() - 1), slots_.back().generation};
  }

  void release(Handle<T> handle) {
    PINPROOF_CHECK(find(handle) != nullptr, "release of slot {}, which is no longer the caller's", handle.index);
    ++slots_[handle.index].generation;
    free_.push_back(handle.index);
    --live_;
  }

  /// The value; nullptr once it has been released. It stays where it is until then.
  T* find(Handle<T> handle) {
    if (handle.index >= slots_.size() || slots_[handle.index].generation != handle.generation) return nullptr;
    return &slots_[handle.index].value;
  }

  T& operator[](Handle<T> handle) {
    T* value = find(handle);
    PINPROOF_CHECK(value != nullptr, "slot {} is no longer the caller's", handle.index);
    return *value;
  }

  std::size_t live() const { return live_; }

 private:
  struct Slot {
    T value;
    std::uint32_t generation = 1;  // so that no handle is zero, which is what a name not yet given is
  };

  std::deque<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::size_t live_ = 0;
};

}  // namespace pinproof::sim
