// The header fields of an HTTP message, in the order they were sent, names as they were spelled.
//
// Kept as one flat buffer: a gateway handles a head for every request, and one allocation a head is what that should cost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace pinproof::sim {

/// True when two field names are the same name: ASCII letters compare without case (RFC 9110, 5.1).
bool same_field_name(std::string_view left, std::string_view right);

/// Orders field names so that equal ones, by same_field_name(), stand together.
bool field_name_less(std::string_view left, std::string_view right);

class Headers {
 public:
  struct Field {
    std::string_view name;
    std::string_view value;
    bool operator==(const Field&) const = default;
  };

  /// Walks the fields in order; views stay valid until the Headers change.
  class Iterator {
   public:
    using value_type = Field;
    using difference_type = std::ptrdiff_t;
    explicit Iterator(const char* at) : at_(at) {}
    Field operator*() const;
    Iterator& operator++();
    bool operator==(const Iterator&) const = default;

   private:
    const char* at_;
  };

  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string_view, std::string_view>> fields);

  /// Appends a field; an equal name already there stays. Name and value are at most 64 KiB - 1 each, longer ones are a programmer error.
  void add(std::string_view name, std::string_view value);
  void add_number(std::string_view name, std::uint64_t value);
  /// Appends the fields of another message, in their order.
  void add_all(const Headers& others);

  /// The first field of that name, or nothing.
  std::optional<std::string_view> find(std::string_view name) const;
  bool has(std::string_view name) const { return find(name).has_value(); }
  std::size_t count(std::string_view name) const;

  /// Removes every field of that name.
  void remove(std::string_view name);

  bool empty() const { return buffer_.empty(); }
  void clear() { buffer_.clear(); }
  void reserve(std::size_t bytes) { buffer_.reserve(bytes); }

  Iterator begin() const { return Iterator(buffer_.data()); }
  Iterator end() const { return Iterator(buffer_.data() + buffer_.size()); }

  bool operator==(const Headers&) const = default;

 private:
  void make_room(std::size_t more);

  std::string buffer_;  // per field: two-byte lengths of name and value, then both
};

}  // namespace pinproof::sim
