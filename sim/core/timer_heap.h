// Timers that are set and called off: one each for a small integer (a request's slot, say), earliest first, ties in the order in which
// they were set. Unlike the event queue it can call one off, so that its earliest is always a timer that will really fire.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/core/check.h"
#include "sim/core/time.h"

namespace pinproof::sim {

class TimerHeap {
 public:
  /// Sets the timer of `owner`; one that was set is set anew.
  void set(std::uint32_t owner, Instant at) {
    cancel(owner);
    if (owner >= place_.size()) place_.resize(owner + 1, kNotSet);
    heap_.push_back({at, ++sequence_, owner});
    place_[owner] = heap_.size() - 1;
    rise(heap_.size() - 1);
  }

  /// Calls the timer of `owner` off; nothing happens when none is set.
  void cancel(std::uint32_t owner) {
    if (owner >= place_.size() || place_[owner] == kNotSet) return;
    const std::size_t hole = place_[owner];
    place_[owner] = kNotSet;
    const Timer last = heap_.back();
    heap_.pop_back();
    if (hole == heap_.size()) return;
    put(hole, last);
    rise(hole);
    sink(place_[last.owner]);
  }

  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  Instant earliest() const { return heap_.empty() ? kNever : heap_.front().at; }

  /// Whose timer is the earliest; there is one.
  std::uint32_t first() const {
    PINPROOF_CHECK(!heap_.empty(), "no timer is set");
    return heap_.front().owner;
  }

  /// Takes the earliest timer off and gives its owner; there is one.
  std::uint32_t pop() {
    const std::uint32_t owner = first();
    cancel(owner);
    return owner;
  }

  std::size_t memory_bytes() const {
    return heap_.capacity() * sizeof(Timer) + place_.capacity() * sizeof(std::size_t);
  }

 private:
  static constexpr std::size_t kNotSet = ~std::size_t{0};

  struct Timer {
    Instant at;
    std::uint64_t sequence;
    std::uint32_t owner;
    bool before(const Timer& other) const { return at != other.at ? at < other.at : sequence < other.sequence; }
  };

  void put(std::size_t place, const Timer& timer) {
    heap_[place] = timer;
    place_[timer.owner] = place;
  }

  void rise(std::size_t place) {
    const Timer timer = heap_[place];
    while (place > 0 && timer.before(heap_[(place - 1) / 2])) {
      put(place, heap_[(place - 1) / 2]);
      place = (place - 1) / 2;
    }
    put(place, timer);
  }

  void sink(std::size_t place) {
    const Timer timer = heap_[place];
    for (std::size_t child = 2 * place + 1; child < heap_.size(); child = 2 * place + 1) {
      if (child + 1 < heap_.size() && heap_[child + 1].before(heap_[child])) ++child;
      if (!heap_[child].before(timer)) break;
      put(place, heap_[child]);
      place = child;
    }
    put(place, timer);
  }

  std::vector<Timer> heap_;
  std::vector<std::size_t> place_;
  std::uint64_t sequence_ = 0;
};

}  // namespace pinproof::sim
