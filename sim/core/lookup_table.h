// Lookups by key that cannot be iterated, so that the order of a hash can never be observed: the only place in the
// model that may include a hash container. What has to be walked is kept in a vector beside it.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

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

/// Text to the number of a slot whose owner keeps that text: `TextOf` gives a slot's text (a function object, with
/// whatever state it needs), so that it is not kept twice.
template <class TextOf>
class SlotLookup {
 public:
  explicit SlotLookup(TextOf text_of) : slots_(0, Hash{text_of}, Equal{text_of}) {}

  /// The slot with this text, or null.
  const std::uint32_t* find(std::string_view text) const {
    const auto found = slots_.find(text);
    return found == slots_.end() ? nullptr : &*found;
  }

  /// Adds a slot; false, and nothing changes, when its text is there.
  bool insert(std::uint32_t slot) { return slots_.insert(slot).second; }
  bool erase(std::uint32_t slot) { return slots_.erase(slot) == 1; }

  void reserve(std::size_t slots) { slots_.reserve(slots); }
  std::size_t size() const { return slots_.size(); }
  std::size_t memory_bytes() const { return detail::flat_bytes(slots_.bucket_count(), sizeof(std::uint32_t)); }

 private:
  struct Hash {
    using is_transparent = void;
    TextOf text_of;
    std::size_t operator()(std::string_view text) const { return TextHash{}(text); }
    std::size_t operator()(std::uint32_t slot) const { return TextHash{}(text_of(slot)); }
  };
  struct Equal {
    using is_transparent = void;
    TextOf text_of;
    bool operator()(std::uint32_t left, std::uint32_t right) const {
      return left == right || text_of(left) == text_of(right);
    }
    bool operator()(std::uint32_t slot, std::string_view text) const { return text_of(slot) == text; }
    bool operator()(std::string_view text, std::uint32_t slot) const { return text_of(slot) == text; }
  };

  boost::unordered_flat_set<std::uint32_t, Hash, Equal> slots_;
};

}  // namespace pinproof::sim
