// One JSON text as a flat list of views into it: for lines that come by the million, of shapes we know. It builds no tree, copies no
// text that has no escapes, and keeps its memory from line to line.
//
// It says only *that* something is wrong, never what: then the caller reads the line again with sim::read_json, which says it well. So
// what is accepted here has to be accepted there, with the same values; flat_json_test.cc and record_reader_test.cc hold the two together.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "conformance/scenario/words.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

/// Thrown at what the caller has to read again with care; caught where FlatJson is used, and told to nobody else.
struct NotPlain {};

struct FlatEntry {
  std::string_view key;   // of a member of an object
  std::string_view text;  // of a string: its value
  std::int64_t integer = 0;
  std::uint64_t keys = 0;  // of an object: the marks of its keys, see mark_of()
  std::uint32_t size = 0;  // of an object or an array
  std::uint32_t next = 0;  // the entry after this value and all in it
  sim::JsonKind kind = sim::JsonKind::kNull;
};

/// One of 64 bits for a key: what is not marked is not there, which spares the search for what most lines leave out. The factors are the
/// smallest that give each key of an observation, the record with the most keys, a bit of its own (but for one pair).
constexpr std::uint64_t mark_of(std::string_view key) {
  if (key.empty()) return 1;
  const auto first = static_cast<unsigned char>(key.front());
  const auto last = static_cast<unsigned char>(key.back());
  return std::uint64_t{1} << ((key.size() * 19 + first * 21U + last * 3U) % 64);
}

/// A value, and of an object how far it has been read. Has the names of sim::JsonReader, so that one template reads both; an object is
/// read as an object that is not const, since it remembers which members were asked for.
class FlatValue {
 public:
  class Elements;

  FlatValue(const FlatEntry* entries, std::uint32_t index) : entries_(entries), index_(index), at_(index + 1) {}

  std::optional<FlatValue> optional(std::string_view key);
  FlatValue at(std::string_view key) {
    if (const auto found = optional(key)) return *found;
    refuse();
  }
  /// Every member was asked for, each key once: none is a stranger, none came twice.
  void done() const {
    if (static_cast<std::uint32_t>(std::popcount(taken_)) != entry(sim::JsonKind::kObject).size) refuse();
  }

  sim::JsonKind kind() const { return entries_[index_].kind; }
  std::string_view key() const { return entries_[index_].key; }
  std::string_view text() const { return entry(sim::JsonKind::kString).text; }
  std::int64_t integer(std::int64_t min = std::numeric_limits<std::int64_t>::min(),
                       std::int64_t max = std::numeric_limits<std::int64_t>::max()) const {
    const std::int64_t value = entry(sim::JsonKind::kInteger).integer;
    if (value < min || value > max) refuse();
    return value;
  }
  bool boolean() const { return entry(sim::JsonKind::kBoolean).integer != 0; }
  Elements array() const;
  /// As elements, each with its key. A key may come twice.
  Elements members() const;

  template <class... Words>
  [[noreturn]] void refuse(const Words&... /*said by the careful reader*/) const {
    throw NotPlain{};
  }

 private:
  const FlatEntry& entry(sim::JsonKind kind) const {
    if (entries_[index_].kind != kind) refuse();
    return entries_[index_];
  }

  const FlatEntry* entries_;
  std::uint32_t index_;
  std::uint32_t at_;           // the member expected to be asked for next
  std::uint32_t ordinal_ = 0;  // of that one
  std::uint64_t taken_ = 0;    // ordinals of the members asked for
};

class FlatValue::Elements {
 public:
  class Iterator {
   public:
    Iterator(const FlatEntry* entries, std::uint32_t index) : entries_(entries), index_(index) {}
    FlatValue operator*() const { return {entries_, index_}; }
    Iterator& operator++() {
      index_ = entries_[index_].next;
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    const FlatEntry* entries_;
    std::uint32_t index_;
  };

  Elements(const FlatEntry* entries, std::uint32_t container) : entries_(entries), container_(container) {}
  Iterator begin() const { return {entries_, container_ + 1}; }
  Iterator end() const { return {entries_, entries_[container_].next}; }

 private:
  const FlatEntry* entries_;
  std::uint32_t container_;
};

inline FlatValue::Elements FlatValue::array() const {
  entry(sim::JsonKind::kArray);
  return {entries_, index_};
}

inline FlatValue::Elements FlatValue::members() const {
  entry(sim::JsonKind::kObject);
  return {entries_, index_};
}

inline std::optional<FlatValue> FlatValue::optional(std::string_view key) {
  const FlatEntry& object = entry(sim::JsonKind::kObject);
  if ((object.keys & mark_of(key)) == 0) return std::nullopt;
  if (object.size > 64) refuse();  // more than a set of ordinals holds, and than any record has
  // Nearly always the members come in the order in which they are read, so that the first look finds it.
  for (std::uint32_t looks = 0; looks < object.size; ++looks) {
    if (at_ == object.next) {
      at_ = index_ + 1;
      ordinal_ = 0;
    }
    const std::uint32_t here = at_;
    const std::uint32_t ordinal = ordinal_++;
    at_ = entries_[here].next;
    if (entries_[here].key != key) continue;
    taken_ |= std::uint64_t{1} << ordinal;
    return FlatValue(entries_, here);
  }
  return std::nullopt;
}

/// The value that a string stands for.
template <typename T, std::size_t N>
T read_word(const FlatValue& json, const Words<T, N>& words) {
  const std::string_view text = json.text();
  for (const auto& [word, meaning] : words) {
    if (word == text) return meaning;
  }
  json.refuse();
}

class FlatJson {
 public:
  FlatJson();
  ~FlatJson();
  FlatJson(const FlatJson&) = delete;
  FlatJson& operator=(const FlatJson&) = delete;

  /// The root of `text`, valid as long as `text` is and until the next call. Throws NotPlain where it is not JSON (RFC 8259, UTF-8), or
  /// is nested deeper than sim::kJsonDepthMax. Keys that come twice are for the reader to find, see FlatValue::done().
  FlatValue parse(std::string_view text);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace pinproof::conformance
