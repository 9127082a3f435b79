// One JSON object on one line, written key by key in the order of the calls. For histories, which are written by the million:
// nothing is built in memory but the line. Fields that say nothing (empty, zero, false) are left out by the `some_…` forms.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/core/time.h"
#include "sim/http/headers.h"

namespace pinproof::conformance {

class JsonLine {
 public:
  void text(std::string_view key, std::string_view value);
  /// The same for a key that is data, and may need escapes.
  void quoted_key_text(std::string_view key, std::string_view value);
  void some_text(std::string_view key, std::string_view value);
  void integer(std::string_view key, std::int64_t value);
  void count(std::string_view key, std::uint64_t value);
  void some_count(std::string_view key, std::uint64_t value);
  void some_flag(std::string_view key, bool value);
  void instant(std::string_view key, sim::Instant value) { integer(key, value.time_since_epoch().count()); }
  void duration(std::string_view key, sim::Duration value) { integer(key, value.count()); }
  /// 64 bits in hexadecimal, since JSON's numbers lose the last of them in many readers. Zero is left out.
  void some_digest(std::string_view key, std::uint64_t value);
  /// As a list of "Name: value".
  void some_headers(std::string_view key, const sim::Headers& headers);
  /// JSON that is already text.
  void json(std::string_view key, std::string_view value);

  /// An object as the value of `key`, until close().
  void open(std::string_view key);
  void close() {
    line_ += '}';
    first_ = false;
  }
  /// A list as the value of `key`, of what the calls of element() and open_element() give, until close_list().
  void open_list(std::string_view key);
  void element(std::string_view value);
  void open_element();
  void close_list() {
    line_ += ']';
    first_ = false;
  }

  /// The object, closed, with a line feed; the line is empty again.
  std::string take();

 private:
  void key(std::string_view key);
  void separate();
  void quoted(std::string_view value);

  std::string line_ = "{";
  bool first_ = true;
};

}  // namespace pinproof::conformance
