#include "sim/http/headers.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "sim/core/check.h"

namespace pinproof::sim {
namespace {

constexpr std::size_t kLengths = 2 * sizeof(std::uint16_t);
constexpr std::size_t kLongest = 0xffff;
constexpr std::size_t kNameUsual = 60;

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::uint16_t length_at(const char* at) {
  std::uint16_t length = 0;
  std::memcpy(&length, at, sizeof length);
  return length;
}

}  // namespace

bool same_field_name(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  if (left == right) return true;  // most are spelled alike
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] != right[i] && lower(left[i]) != lower(right[i])) return false;
  }
  return true;
}

bool field_name_less(std::string_view left, std::string_view right) {
  return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(),
                                      [](char a, char b) { return lower(a) < lower(b); });
}

Headers::Field Headers::Iterator::operator*() const {
  const std::size_t name = length_at(at_);
  const std::size_t value = length_at(at_ + sizeof(std::uint16_t));
  return {{at_ + kLengths, name}, {at_ + kLengths + name, value}};
}

Headers::Iterator& Headers::Iterator::operator++() {
  at_ += kLengths + length_at(at_) + length_at(at_ + sizeof(std::uint16_t));
  return *this;
}

Headers::Headers(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  for (const auto& [name, value] : fields) add(name, value);
}

void Headers::add(std::string_view name, std::string_view value) {
  PINPROOF_CHECK(name.size() <= kLongest && value.size() <= kLongest, "a header field of {} + {} bytes", name.size(),
                 value.size());
  make_room(kLengths + name.size() + value.size());
  const std::uint16_t lengths[] = {static_cast<std::uint16_t>(name.size()), static_cast<std::uint16_t>(value.size())};
  char front[kLengths + kNameUsual];  // in two pieces and not in three: this is called for every field there is
  std::memcpy(front, lengths, kLengths);
  if (name.size() <= kNameUsual) {
    name.copy(front + kLengths, name.size());
    buffer_.append(front, kLengths + name.size()).append(value);
  } else {
    buffer_.append(front, kLengths).append(name).append(value);
  }
}

void Headers::add_all(const Headers& others) {
  make_room(others.buffer_.size());
  buffer_.append(others.buffer_);
}

// A head has several fields, which is what the first room is for.
void Headers::make_room(std::size_t more) {
  constexpr std::size_t kFirstRoom = 240;
  const std::size_t needed = buffer_.size() + more;
  if (needed > buffer_.capacity()) buffer_.reserve(std::max({needed, 2 * buffer_.capacity(), kFirstRoom}));
}

void Headers::add_number(std::string_view name, std::uint64_t value) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  add(name, {digits, static_cast<std::size_t>(end - digits)});
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const Field field : *this) {
    // Told here as well, since most names differ in length already.
    if (field.name.size() == name.size() && same_field_name(field.name, name)) return field.value;
  }
  return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
  std::size_t found = 0;
  for (const Field field : *this) found += same_field_name(field.name, name) ? 1 : 0;
  return found;
}

void Headers::remove(std::string_view name) {
  std::string kept;
  kept.reserve(buffer_.size());
  for (Iterator field = begin(); field != end(); ++field) {
    if (same_field_name((*field).name, name)) continue;
    const char* at = (*field).name.data() - kLengths;
    kept.append(at, kLengths + (*field).name.size() + (*field).value.size());
  }
  buffer_ = std::move(kept);
}

}  // namespace pinproof::sim
