#include "mock_upstream/tls/ja3.h"

#include <cstddef>
#include <cstdint>

namespace pinproof::mock_upstream {
namespace {

constexpr std::uint8_t kClientHello = 1;
constexpr std::uint16_t kSupportedGroups = 10;
constexpr std::uint16_t kPointFormats = 11;
constexpr std::size_t kRandomBytes = 32;

// Takes numbers and counted pieces off the front of bytes that may be cut anywhere.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : bytes_(bytes) {}
  bool good() const { return good_; }
  bool empty() const { return bytes_.empty(); }

  std::uint32_t number(std::size_t size) {
    std::uint32_t value = 0;
    for (const char byte : take(size)) value = value << 8U | static_cast<unsigned char>(byte);
    return value;
  }
  std::string_view take(std::size_t size) {
    if (size > bytes_.size()) {
      good_ = false;
      return {};
    }
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }
  /// A piece whose length stands before it.
  std::string_view counted(std::size_t size_of_length) { return take(number(size_of_length)); }

 private:
  std::string_view bytes_;
  bool good_ = true;
};

bool is_grease(std::uint32_t value) { return (value & 0x0f0fU) == 0x0a0aU && (value >> 8U) == (value & 0xffU); }

void append_number(std::string& list, std::uint32_t value) {
  if (!list.empty()) list += '-';
  list += std::to_string(value);
}

std::string list_of(std::string_view bytes, std::size_t size_of_each) {
  std::string list;
  for (Cursor cursor(bytes); cursor.good() && !cursor.empty();) {
    const std::uint32_t value = cursor.number(size_of_each);
    if (cursor.good() && !(size_of_each == 2 && is_grease(value))) append_number(list, value);
  }
  return list;
}

}  // namespace

std::optional<std::string> ja3_text(std::string_view hello) {
  Cursor message(hello);
  if (message.number(1) != kClientHello) return std::nullopt;
  Cursor body(message.counted(3));
  const std::uint32_t version = body.number(2);
  body.take(kRandomBytes);
  body.counted(1);  // session
  const std::string ciphers = list_of(body.counted(2), 2);
  body.counted(1);  // compression
  if (!message.good() || !body.good()) return std::nullopt;

  std::string extensions;
  std::string groups;
  std::string formats;
  for (Cursor rest(body.empty() ? std::string_view{} : body.counted(2)); !rest.empty();) {
    const std::uint32_t type = rest.number(2);
    Cursor data(rest.counted(2));
    if (!rest.good()) return std::nullopt;
    if (!is_grease(type)) append_number(extensions, type);
    if (type == kSupportedGroups) groups = list_of(data.counted(2), 2);
    if (type == kPointFormats) formats = list_of(data.counted(1), 1);
  }
  if (!body.good()) return std::nullopt;
  return std::to_string(version) + "," + ciphers + "," + extensions + "," + groups + "," + formats;
}

}  // namespace pinproof::mock_upstream
