// Lookups by key that cannot be iterated, so that the order of a hash can never be observed: the only place in the
// model that may include a hash container. What has to be walked is kept in a vector beside it.
#pragma once

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace pinproof::sim {

/// Hashes text the same whether it comes as a string or a view, so that a lookup by view makes no string.
struct TextHash {
  using is_transparent = void;
  // The standard library's takes eight bytes at a time, Boost's one.
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

namespace detail {
template <class Key>
using HashOf = std::conditional_t<std::is_same_v<Key, std::string>, TextHash, boost::hash<Key>>;
template <class Key>
using EqualOf = std::conditional_t<std::is_same_v<Key, std::string>, std::equal_to<>, std::equal_to<Key>>;
// One byte of metadata a place beside the element.
inline std::size_t flat_bytes(std::size_t places, std::size_t element) { return places * (element + 1); }
}  // namespace detail

/// Key to value.
template <class Key, class Value>
class LookupTable {
 public:
  /// The value of `key`, or null. Stays valid until the next insert.
  template <class Like>
  Value* find(const Like& key) {
    const auto found = table_.find(key);
    return found == table_.end() ? nullptr : &found->second;
  }
  template <class Like>
  const Value* find(const Like& key) const {
    const auto found = table_.find(key);
    return found == table_.end() ? nullptr : &found->second;
  }

  /// Adds `key`; false, and nothing changes, when it is there.
  bool insert(Key key, Value value) { return table_.emplace(std::move(key), std::move(value)).second; }

  /// Removes `key`; false when it was not there.
  template <class Like>
  bool erase(const Like& key) {
    const auto found = table_.find(key);
    if (found == table_.end()) return false;
    table_.erase(found);
    return true;
  }

  void reserve(std::size_t entries) { table_.reserve(entries); }
  std::size_t size() const { return table_.size(); }
  /// Of the table itself; what keys and values own elsewhere is not counted.
  std::size_t memory_bytes() const {
    return detail::flat_bytes(table_.bucket_count(), sizeof(std::pair<const Key, Value>));
  }

 private:
  boost::unordered_flat_map<Key, Value, detail::HashOf<Key>, detail::EqualOf<Key>> table_;
};

/// Text to the number of a slot whose owner keeps that text: `TextOf` gives a slot's text (a function object, with whatever state it needs),
/// so that it is not kept twice.
///
/// One flat array of hashes and slots, probed in order: a lookup among a million touches one cache line here, and then the slot it looks
/// for; growing touches no slot.
template <class TextOf>
class SlotLookup {
 public:
  explicit SlotLookup(TextOf text_of) : text_of_(text_of) {}

  /// The slot with this text, or null.
  const std::uint32_t* find(std::string_view text) const {
    const std::size_t place = place_of(text, hash_of(text));
    return place == kNowhere ? nullptr : &entries_[place].slot;
  }

  /// Asks the memory for what find() will touch first, for a caller that has something else to do before it.
  void prefetch(std::string_view text) const {
    if (!entries_.empty()) __builtin_prefetch(&entries_[hash_of(text) & mask()]);
  }

  /// Adds a slot, which is any number but the largest; false, and nothing changes, when its text is there.
  bool insert(std::uint32_t slot) {
    const std::string_view text = text_of_(slot);
    const std::uint32_t hash = hash_of(text);
    if (place_of(text, hash) != kNowhere) return false;
    if ((size_ + 1) * 5 > entries_.size() * 4) resize(entries_.empty() ? 16 : 2 * entries_.size());
    put({hash, slot});
    ++size_;
    return true;
  }

  bool erase(std::uint32_t slot) {
    const std::string_view text = text_of_(slot);
    std::size_t hole = place_of(text, hash_of(text));
    if (hole == kNowhere || entries_[hole].slot != slot) return false;
    // What was pushed on by this entry moves back, so that no search ends early.
    for (std::size_t next = after(hole); entries_[next].slot != kEmpty; next = after(next)) {
      const std::size_t home = entries_[next].hash & mask();
      if (((next - home) & mask()) < ((next - hole) & mask())) continue;
      entries_[hole] = entries_[next];
      hole = next;
    }
    entries_[hole] = {};
    --size_;
    return true;
  }

  void reserve(std::size_t slots) {
    std::size_t places = std::max<std::size_t>(entries_.size(), 16);
    while (slots * 5 > places * 4) places *= 2;
    if (places != entries_.size()) resize(places);
  }
  std::size_t size() const { return size_; }
  std::size_t memory_bytes() const { return entries_.capacity() * sizeof(Entry); }

 private:
  static constexpr std::uint32_t kEmpty = 0xffffffffU;
  static constexpr std::size_t kNowhere = ~std::size_t{0};

  struct Entry {
    std::uint32_t hash = 0;
    std::uint32_t slot = kEmpty;
  };

  static std::uint32_t hash_of(std::string_view text) { return static_cast<std::uint32_t>(TextHash{}(text)); }
  std::size_t mask() const { return entries_.size() - 1; }
  std::size_t after(std::size_t place) const { return (place + 1) & mask(); }

  std::size_t place_of(std::string_view text, std::uint32_t hash) const {
    if (entries_.empty()) return kNowhere;
    for (std::size_t place = hash & mask(); entries_[place].slot != kEmpty; place = after(place)) {
      if (entries_[place].hash == hash && text_of_(entries_[place].slot) == text) return place;
    }
    return kNowhere;
  }

  void put(Entry entry) {
    std::size_t place = entry.hash & mask();
    while (entries_[place].slot != kEmpty) place = after(place);
    entries_[place] = entry;
  }

  void resize(std::size_t places) {
    std::vector<Entry> old = std::exchange(entries_, std::vector<Entry>(places));
    for (const Entry& entry : old) {
      if (entry.slot != kEmpty) put(entry);
    }
  }

  TextOf text_of_;
  std::vector<Entry> entries_;  // a power of two of them, at most four fifths taken
  std::size_t size_ = 0;
};

}  // namespace pinproof::sim
