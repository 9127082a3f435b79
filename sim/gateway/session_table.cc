#include "sim/gateway/session_table.h"

#include <algorithm>

#include "sim/core/check.h"

namespace pinproof::sim {

SessionTable::SessionTable() : lookup_(KeyOf{this}) {}

SessionRef SessionTable::create(std::string_view key, std::uint16_t account, Duration window, Instant now) {
  std::uint32_t slot = slots_used_;
  if (!free_.empty()) {
    slot = free_.back();
    free_.pop_back();
  } else {
    if (slots_used_ % kSlotsPerBlock == 0) blocks_.push_back(std::make_unique_for_overwrite<Block>());
    ++slots_used_;
    ::new (room_of(slot)) Slot;
  }
  Slot& kept = at(slot);
  kept.session = Session{};
  kept.session.serial = ++serial_;
  kept.session.account = account;
  kept.session.ends = now + window;
  kept.live = true;
  kept.key_length = static_cast<std::uint16_t>(key.size());
  if (key.size() <= sizeof kept.key) {
    std::copy(key.begin(), key.end(), kept.key);
  } else {
    kept.long_key = long_keys_.keep(key);
  }
  link(slot, window_of(window));
  PINPROOF_CHECK(lookup_.insert(slot), "two sessions of one key");
  return {slot, kept.generation};
}

std::optional<SessionRef> SessionTable::find(std::string_view key) const {
  const std::uint32_t* slot = lookup_.find(key);
  if (slot == nullptr) return std::nullopt;
  return SessionRef{*slot, at(*slot).generation};
}

Session* SessionTable::get(SessionRef ref) {
  if (ref.slot >= slots_used_) return nullptr;
  Slot& kept = at(ref.slot);
  return kept.generation == ref.generation && kept.live ? &kept.session : nullptr;
}

const Session* SessionTable::get(SessionRef ref) const { return const_cast<SessionTable*>(this)->get(ref); }

std::string_view SessionTable::key(SessionRef ref) const { return KeyOf{this}(ref.slot); }

Duration SessionTable::window(SessionRef ref) const { return windows_[at(ref.slot).window].length; }

void SessionTable::begin_window(std::uint32_t slot, Duration window, Instant now) {
  unlink(slot);
  at(slot).session.ends = now + window;
  link(slot, window_of(window));
}

void SessionTable::restart(SessionRef ref, Duration window, Instant now) {
  keep(ref);
  begin_window(ref.slot, window, now);
}

void SessionTable::restart_provisionally(SessionRef ref, Duration window, Instant now) {
  provisional_.insert(ref.slot, {at(ref.slot).session.ends, at(ref.slot).window});
  begin_window(ref.slot, window, now);
}

// The end it had lies somewhere among those of its list; looking for the place would take as long as there are sessions.
void SessionTable::take_back(SessionRef ref) {
  const Before* before = provisional_.find(ref.slot);
  if (before == nullptr) return;
  unlink(ref.slot);
  Slot& kept = at(ref.slot);
  kept.session.ends = before->ends;
  kept.window = before->window;
  kept.previous = kept.next = kOutOfOrder;
  out_of_order_.set(ref.slot, before->ends);
  provisional_.erase(ref.slot);
}

void SessionTable::end(SessionRef ref) {
  Slot& kept = at(ref.slot);
  PINPROOF_CHECK(kept.generation == ref.generation && kept.live, "session {} has ended", ref.slot);
  lookup_.erase(ref.slot);
  unlink(ref.slot);
  provisional_.erase(ref.slot);
  if (kept.key_length > sizeof kept.key) long_keys_.release(kept.long_key, kept.key_length);
  kept.live = false;
  ++kept.generation;
  free_.push_back(ref.slot);
}

std::optional<SessionRef> SessionTable::first_over(Instant now) const {
  if (std::min(first_ends_.earliest(), out_of_order_.earliest()) > now) return std::nullopt;
  const std::uint32_t first =
      out_of_order_.earliest() < first_ends_.earliest() ? out_of_order_.first() : windows_[first_ends_.first()].first;
  return SessionRef{first, at(first).generation};
}

std::vector<SessionRef> SessionTable::all() const {
  std::vector<SessionRef> refs;
  refs.reserve(size());
  for (std::uint32_t slot = 0; slot < slots_used_; ++slot) {
    if (at(slot).live) refs.push_back({slot, at(slot).generation});
  }
  std::sort(refs.begin(), refs.end(), [this](SessionRef left, SessionRef right) {
    return at(left.slot).session.serial < at(right.slot).session.serial;
  });
  return refs;
}

std::size_t SessionTable::memory_bytes() const {
  return blocks_.size() * kSlotsPerBlock * sizeof(Slot) + long_keys_.memory_bytes() + lookup_.memory_bytes() +
         free_.capacity() * sizeof(std::uint32_t) + first_ends_.memory_bytes() + out_of_order_.memory_bytes() +
         provisional_.memory_bytes();
}

std::uint16_t SessionTable::window_of(Duration length) {
  const auto known = window_by_length_.find(length);
  if (known != window_by_length_.end()) return known->second;
  PINPROOF_CHECK(windows_.size() < 0xffff, "more window lengths than any rules can ask for");
  const auto window = static_cast<std::uint16_t>(windows_.size());
  windows_.push_back({length});
  window_by_length_.emplace(length, window);
  return window;
}

void SessionTable::link(std::uint32_t slot, std::uint16_t window) {
  Slot& kept = at(slot);
  Window& list = windows_[window];
  kept.window = window;
  kept.previous = list.last;
  kept.next = kNone;
  if (list.last == kNone) {
    set_first(window, slot);
  } else {
    at(list.last).next = slot;
  }
  list.last = slot;
}

void SessionTable::unlink(std::uint32_t slot) {
  const Slot& kept = at(slot);
  if (kept.previous == kOutOfOrder) return out_of_order_.cancel(slot);
  Window& list = windows_[kept.window];
  (kept.next == kNone ? list.last : at(kept.next).previous) = kept.previous;
  if (kept.previous == kNone) {
    set_first(kept.window, kept.next);
  } else {
    at(kept.previous).next = kept.next;
  }
}

void SessionTable::set_first(std::uint16_t window, std::uint32_t slot) {
  windows_[window].first = slot;
  if (slot == kNone) {
    first_ends_.cancel(window);
  } else {
    first_ends_.set(window, at(slot).session.ends);
  }
}

}  // namespace pinproof::sim
