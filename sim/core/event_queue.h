// The queue that drives a simulation: events by time, ties in the order of their pushes. It is monotone, as simulated
// time is: nothing may be pushed before the time last popped. For timers that are called off, see TimerHeap.
//
//   EventQueue<Event> queue;
//   queue.push(kStart + 12s, event);
//   while (!queue.empty() && queue.next_time() <= until) {
//     now = queue.pop(event);  // handle it; push what follows
//   }
//
// Why a radix heap and not a binary one: monotony lets an event be filed by the highest 6-bit digit in which its time
// differs from the queue's base, in one step and without comparing it to any other. As the base reaches a bucket, its
// events are filed anew by the next digits; a bucket of few events is sorted right away and becomes the front, from
// which pops are served. An event moves about log64(pending) times, always from one run of memory to another, where a
// heap compares log2(pending) times, and past the cache misses each time.
//
// Chosen by measurement (tools/bench/event_queue_bench.cc, one run, docs/performance.md; million events a second
// through an engine, at 100 / 10^4 / 10^6 pending): this 42 / 41 / 27, a binary heap of the same events 24 / 14 / 0.9,
// the best of ns-3's schedulers 11 / 7.6 / 2.1. Digits of 4 or 5 bits lost a tenth at 10^4 and a third at 10^6; chunks
// of half the size lost a seventh at 10^6.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "sim/core/check.h"
#include "sim/core/time.h"

namespace pinproof::sim {

/// Events are plain data, small rather than large: each is copied a few times on its way.
template <class Event>
class EventQueue {
  static_assert(std::is_trivially_copyable_v<Event> && std::default_initializable<Event>);

 public:
  EventQueue() : front_(kFrontKept) {}
  EventQueue(const EventQueue&) = delete;
  EventQueue& operator=(const EventQueue&) = delete;
  ~EventQueue() {
    for (const Bucket& bucket : buckets_) {
      if (bucket.size != 0) delete_chain(bucket.head);
    }
    delete_chain(spare_);
  }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  /// `at` is any instant not before the last one popped; constant time, but for the cost of its later moves.
  void push(Instant at, const Event& event) {
    const Key key = to_key(at);
    PINPROOF_CHECK(key >= floor_, "an event at {} ns after the queue has reached {} ns", at.time_since_epoch().count(),
                   to_instant(floor_).time_since_epoch().count());
    place(key, event);
    ++size_;
  }

  /// The time of the next event; the queue is not empty. Constant time, and does not bind what may be pushed.
  Instant next_time() const {
    PINPROOF_CHECK(size_ != 0, "next_time() of an empty queue");
    if (front_begin_ != front_end_) return to_instant(front_[front_begin_].key);
    const unsigned level = lowest_level();
    return to_instant(buckets_[bucket_index(level, lowest_digit(level))].earliest);
  }

  /// Takes the next event off and returns its time; the queue is not empty.
  Instant pop(Event& event) {
    PINPROOF_CHECK(size_ != 0, "pop() of an empty queue");
    if (front_begin_ == front_end_) load_front();
    const Entry& next = front_[front_begin_++];
    --size_;
    floor_ = next.key;
    event = next.event;
    return to_instant(floor_);
  }

  /// All memory held, the queue itself included. Nothing is allocated while the number of events stays as it was, and
  /// what a burst needed is given back as it drains.
  std::size_t memory_bytes() const {
    return sizeof(*this) + chunks_ * sizeof(Chunk) + front_.capacity() * sizeof(Entry);
  }

 private:
  /// An instant's nanoseconds, moved so that they order as unsigned numbers.
  using Key = std::uint64_t;

  struct Entry {
    Key key;
    Event event;

    // Field by field: copying an Entry as one would read wider than was just written, which stalls the processor.
    void set(Key new_key, const Event& new_event) {
      key = new_key;
      event = new_event;
    }
  };

  static constexpr unsigned kDigitBits = 6;  // a level's occupied buckets fit one word
  static constexpr unsigned kDigits = 1U << kDigitBits;
  static constexpr unsigned kLevels = (64 + kDigitBits - 1) / kDigitBits;
  static constexpr std::size_t kSortMax = 16;     // larger buckets are filed by their next digit, smaller ones sorted
  static constexpr std::size_t kFrontMin = 4;     // neighbours of a smaller bucket are loaded with it
  static constexpr std::size_t kFrontMax = 32;    // a front that grows over this narrows its range
  static constexpr std::size_t kFrontKept = 256;  // room in the front that is never given back
  static constexpr std::size_t kChunkBytes = 2048;
  static constexpr std::size_t kChunkEntries = std::bit_floor(std::max<std::size_t>(kChunkBytes / sizeof(Entry), 2));

  struct Chunk {
    Chunk* next;
    std::array<Entry, kChunkEntries> entries;
  };

  /// Events in push order, in a chain of chunks of which all but the last are full. All but `size` is stale while that
  /// is 0.
  struct Bucket {
    Chunk* head = nullptr;
    Chunk* tail = nullptr;
    std::size_t size = 0;
    Key earliest = 0;
  };

  static constexpr Key kSign = Key{1} << 63U;
  static Key to_key(Instant at) { return static_cast<Key>(at.time_since_epoch().count()) ^ kSign; }
  static Instant to_instant(Key key) { return Instant{Duration{static_cast<std::int64_t>(key ^ kSign)}}; }

  static std::size_t bucket_index(unsigned level, unsigned digit) { return std::size_t{level} * kDigits + digit; }
  unsigned lowest_level() const { return static_cast<unsigned>(std::countr_zero(occupied_levels_)); }
  unsigned lowest_digit(unsigned level) const {
    return static_cast<unsigned>(std::countr_zero(occupied_digits_[level]));
  }
  static Key low_bits(unsigned level) { return (Key{1} << (level * kDigitBits)) - 1; }

  void place(Key key, const Event& event) {
    if (key <= front_last_) {
      insert_in_front(key, event);
    } else {
      append_to_bucket(key, event);
    }
  }

  // The key is over front_last_, or the front is being loaded and lies in a bucket of its own.
  void append_to_bucket(Key key, const Event& event) {
    const auto highest_bit = static_cast<unsigned>(std::bit_width((key ^ base_) | 1U)) - 1;
    const unsigned level = highest_bit / kDigitBits;
    const unsigned digit = static_cast<unsigned>(key >> (level * kDigitBits)) % kDigits;
    Bucket& bucket = buckets_[bucket_index(level, digit)];
    const std::size_t offset = bucket.size % kChunkEntries;
    if (offset == 0) {
      Chunk* const chunk = acquire();
      if (bucket.size == 0) {
        bucket.head = chunk;
        bucket.earliest = key;
        occupied_digits_[level] |= std::uint64_t{1} << digit;
        occupied_levels_ |= 1U << level;
      } else {
        bucket.tail->next = chunk;
      }
      bucket.tail = chunk;
    }
    bucket.tail->entries[offset].set(key, event);
    ++bucket.size;
    bucket.earliest = std::min(key, bucket.earliest);
  }

  void insert_in_front(Key key, const Event& event) {
    if (front_end_ - front_begin_ >= kFrontMax && front_level_ > 0) {
      narrow_front();
      return place(key, event);
    }
    if (front_end_ == front_.size()) make_room_in_front();
    sink_in_front(front_begin_, key, event);
  }

  // Insertion from behind: after all that are not later, which keeps ties in order and takes one step for an event at
  // the latest time.
  void sink_in_front(std::size_t begin, Key key, const Event& event) {
    std::size_t place = front_end_++;
    for (; place > begin && front_[place - 1].key > key; --place) front_[place] = front_[place - 1];
    front_[place].set(key, event);
  }

  // Pushes that keep landing in the front would make each insertion long: its range becomes that of a bucket one level
  // lower, around the floor, and what lies beyond is filed in that level's buckets, all of them empty so far.
  [[gnu::noinline]] void narrow_front() {
    --front_level_;
    base_ = floor_ & ~low_bits(front_level_);
    front_last_ = floor_ | low_bits(front_level_);
    std::size_t kept = front_begin_;
    while (kept != front_end_ && front_[kept].key <= front_last_) ++kept;
    for (std::size_t i = kept; i != front_end_; ++i) append_to_bucket(front_[i].key, front_[i].event);
    front_end_ = kept;
  }

  [[gnu::noinline]] void make_room_in_front() {
    const std::size_t count = front_end_ - front_begin_;
    std::copy_n(front_.data() + front_begin_, count, front_.data());
    front_begin_ = 0;
    front_end_ = count;
    if (count > front_.size() / 2) front_.resize(2 * front_.size());
  }

  // Moves the base on to the next events. Only pop() may: the base must not pass the floor, which the event about to be
  // popped becomes.
  [[gnu::noinline]] void load_front() {
    front_begin_ = front_end_ = 0;
    give_back();

    unsigned level = lowest_level();
    while (level > 0 && buckets_[bucket_index(level, lowest_digit(level))].size > kSortMax) {
      const Bucket bucket = take_first_bucket(level);
      base_ = bucket.earliest & ~low_bits(level);
      for_each_and_release(bucket, [this](const Entry& entry) { append_to_bucket(entry.key, entry.event); });
      level = lowest_level();
    }

    front_level_ = level;
    bool is_first = true;
    do {
      const Bucket bucket = take_first_bucket(level);
      if (is_first) base_ = bucket.earliest & ~low_bits(level);
      is_first = false;
      front_last_ = bucket.earliest | low_bits(level);
      const std::size_t begin = front_end_;
      if (begin + bucket.size > front_.size()) front_.resize(std::bit_ceil(begin + bucket.size));
      for_each_and_release(bucket, [this, begin](const Entry& entry) { sink_in_front(begin, entry.key, entry.event); });
    } while (level > 0 && front_end_ < kFrontMin && occupied_digits_[level] != 0 &&
             buckets_[bucket_index(level, lowest_digit(level))].size <= kSortMax);
  }

  Bucket take_first_bucket(unsigned level) {
    Bucket& bucket = buckets_[bucket_index(level, lowest_digit(level))];
    occupied_digits_[level] &= occupied_digits_[level] - 1;
    if (occupied_digits_[level] == 0) occupied_levels_ &= ~(1U << level);
    const Bucket taken = bucket;
    bucket.size = 0;
    return taken;
  }

  // Every chunk is released only after its entries were used, so that what they are filed in never is the chunk being
  // read.
  template <class Use>
  void for_each_and_release(const Bucket& bucket, Use use) {
    Chunk* chunk = bucket.head;
    for (std::size_t left = bucket.size; left > 0;) {
      const std::size_t count = std::min(left, kChunkEntries);
      for (std::size_t i = 0; i < count; ++i) use(chunk->entries[i]);
      left -= count;
      Chunk* const used = chunk;
      if (left > 0) chunk = chunk->next;
      release(used);
    }
  }

  Chunk* acquire() {
    Chunk* chunk = spare_;
    if (chunk == nullptr) {
      chunk = new Chunk;
      ++chunks_;
    } else {
      spare_ = chunk->next;
    }
    chunk->next = nullptr;
    return chunk;
  }

  void release(Chunk* chunk) {
    chunk->next = spare_;
    spare_ = chunk;
  }

  // Called at each load only, so that pushes and most pops do not pay for it. A bucket has at most one chunk that is
  // not full, so that what is kept suffices for twice the events that are pending, however they lie.
  void give_back() {
    if (front_.size() > kFrontKept && front_.size() / 4 > size_) std::vector<Entry>(kFrontKept).swap(front_);
    while (chunks_ > kLevels * kDigits + 2 * (size_ / kChunkEntries) && spare_ != nullptr) {
      Chunk* const chunk = spare_;
      spare_ = chunk->next;
      delete chunk;
      --chunks_;
    }
  }

  static void delete_chain(Chunk* chunk) {
    while (chunk != nullptr) {
      Chunk* const next = chunk->next;
      delete chunk;
      chunk = next;
    }
  }

  // Everything pending is in the front when its key is at most front_last_, and in a bucket otherwise: the one of the
  // highest digit in which it differs from base_, which is never over floor_, the key last popped.
  Key base_ = 0;
  Key front_last_ = 0;
  Key floor_ = 0;
  std::size_t size_ = 0;

  std::size_t front_begin_ = 0;  // the front is front_[front_begin_, front_end_), sorted
  std::size_t front_end_ = 0;
  unsigned front_level_ = 0;  // of the buckets it was loaded from; at 0 all of it is at one instant
  std::uint32_t occupied_levels_ = 0;
  std::vector<Entry> front_;

  Chunk* spare_ = nullptr;
  std::size_t chunks_ = 0;  // all of them, spare or not
  std::array<std::uint64_t, kLevels> occupied_digits_{};
  std::array<Bucket, kLevels * kDigits> buckets_{};
};

}  // namespace pinproof::sim
