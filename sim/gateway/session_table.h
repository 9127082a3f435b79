// The live sessions: found by key, ended by time, in at most 160 bytes each with the user name.
//
// Windows of one length end in the order in which they started, so each length has a list in that order and nothing is sorted. Only a
// window that is put back to an earlier end leaves its list. Sessions that are over are found by the heads of the lists and reclaimed.
//
// A session is one cache line and its key is the next: with a million of them, a request costs what it touches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sim/core/exit.h"
#include "sim/core/lookup_table.h"
#include "sim/core/time.h"
#include "sim/core/timer_heap.h"
#include "sim/gateway/text_arena.h"

namespace pinproof::sim {

/// Names a session for as long as it lives; afterwards it names nothing, never another one.
struct SessionRef {
  std::uint32_t slot = 0xffffffffU;
  std::uint32_t generation = 0;
  bool operator==(const SessionRef&) const = default;
};

enum class CandidatesId : std::uint32_t;

struct Session {
  Instant ends;
  std::uint64_t serial = 0;  // in order of creation, from 1
  std::uint64_t bytes_used = 0;
  std::uint32_t requests = 0;
  ExitId exit = kNoExit;
  CandidatesId among{};  // the pool it was opened for, and is re-pinned from
  std::uint16_t account = 0;
  bool confirmed : 1 =
      false;              // an answer has come through the exit: something was pinned, as far as the client can know
  bool lost : 1 = false;  // the exit went away under it; the next request is the re-pinned one
  bool announcement_due : 1 = false;
  bool repinned : 1 = false;
};

class SessionTable {
 public:
  SessionTable();
  SessionTable(const SessionTable&) = delete;
  SessionTable& operator=(const SessionTable&) = delete;

  /// A session that lasts from `now` for `window`. No session has that key; it is at most kKeyMax bytes.
  SessionRef create(std::string_view key, std::uint16_t account, Duration window, Instant now);
  static constexpr std::size_t kKeyMax = TextArena::kTextMax;  // beyond any user name that fits a request head's limits

  /// The session of that key whether or not its window is over.
  std::optional<SessionRef> find(std::string_view key) const;
  /// Says that find() is to come.
  void prefetch(std::string_view key) const { lookup_.prefetch(key); }
  Session* get(SessionRef ref);
  const Session* get(SessionRef ref) const;
  std::string_view key(SessionRef ref) const;
  Duration window(SessionRef ref) const;

  /// Starts a window anew, and makes it so.
  void restart(SessionRef ref, Duration window, Instant now);

  /// Starts a window anew until it turns out whether that was right: keep() makes it so, take_back() restores the window there was
  /// before the first such restart. Neither does anything when there was none.
  void restart_provisionally(SessionRef ref, Duration window, Instant now);
  void keep(SessionRef ref) { provisional_.erase(ref.slot); }
  void take_back(SessionRef ref);

  void end(SessionRef ref);

  /// The session whose window is over the longest at `now`, or nothing.
  std::optional<SessionRef> first_over(Instant now) const;

  /// The sessions there are, in order of creation.
  std::vector<SessionRef> all() const;

  std::size_t size() const { return lookup_.size(); }
  std::size_t memory_bytes() const;

 private:
  static constexpr std::uint32_t kNone = 0xffffffffU;
  static constexpr std::uint32_t kOutOfOrder = 0xfffffffeU;  // in place of neighbours: in `out_of_order_`, in no list
  static constexpr std::size_t kSlotsPerBlock = 256;  // small enough that malloc keeps a block that was given back

  struct alignas(128) Slot {
    Session session;
    std::uint32_t generation = 0;
    std::uint32_t previous = kNone;  // in the list of its window
    std::uint32_t next = kNone;
    TextArena::Place long_key = TextArena::kNowhere;  // where it does not fit here
    std::uint16_t key_length = 0;
    std::uint16_t window = 0;
    bool live = false;
    char key[67];
  };
  static_assert(sizeof(Slot) == 128);

  struct Window {
    Duration length;
    std::uint32_t first = kNone;
    std::uint32_t last = kNone;
  };
  struct Before {
    Instant ends;
    std::uint16_t window;
  };
  struct KeyOf {
    const SessionTable* table;
    std::string_view operator()(std::uint32_t slot) const {
      const Slot& kept = table->at(slot);
      if (kept.key_length <= sizeof kept.key) return {kept.key, kept.key_length};
      return table->long_keys_.text(kept.long_key, kept.key_length);
    }
  };

  /// Room for slots, each made when it is first needed: a table of ten sessions does not pay for a thousand.
  struct Block {
    alignas(Slot) std::byte room[kSlotsPerBlock * sizeof(Slot)];
  };
  static_assert(std::is_trivially_destructible_v<Slot>);

  std::byte* room_of(std::uint32_t slot) const {
    return blocks_[slot / kSlotsPerBlock]->room + slot % kSlotsPerBlock * sizeof(Slot);
  }
  Slot& at(std::uint32_t slot) { return *std::launder(reinterpret_cast<Slot*>(room_of(slot))); }
  const Slot& at(std::uint32_t slot) const { return *std::launder(reinterpret_cast<const Slot*>(room_of(slot))); }
  void begin_window(std::uint32_t slot, Duration window, Instant now);
  std::uint16_t window_of(Duration length);
  void link(std::uint32_t slot, std::uint16_t window);
  void unlink(std::uint32_t slot);
  void set_first(std::uint16_t window, std::uint32_t slot);

  std::vector<std::unique_ptr<Block>> blocks_;
  std::uint32_t slots_used_ = 0;
  std::vector<std::uint32_t> free_;
  std::vector<Window> windows_;
  std::map<Duration, std::uint16_t> window_by_length_;
  TimerHeap first_ends_;    // by window: when the first of its list is over
  TimerHeap out_of_order_;  // by slot: when it is over
  LookupTable<std::uint32_t, Before> provisional_;
  TextArena long_keys_;
  SlotLookup<KeyOf> lookup_;
  std::uint64_t serial_ = 0;
};

}  // namespace pinproof::sim
