#include "conformance/history/json_line.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "sim/core/json_reader.h"

namespace pinproof::conformance {

void JsonLine::separate() {
  if (!first_) line_ += ',';
  first_ = false;
}

void JsonLine::key(std::string_view key) {
  separate();
  line_ += '"';
  line_ += key;
  line_ += "\":";
}

// Nearly every string of a history is plain ASCII that needs no escape.
void JsonLine::quoted(std::string_view value) {
  const auto plain = [](char c) { return c >= ' ' && c < '\x7f' && c != '"' && c != '\\'; };
  if (!std::all_of(value.begin(), value.end(), plain)) {
    line_ += sim::json_text(value);
    return;
  }
  line_ += '"';
  line_ += value;
  line_ += '"';
}

void JsonLine::text(std::string_view key, std::string_view value) {
  this->key(key);
  quoted(value);
}

void JsonLine::quoted_key_text(std::string_view key, std::string_view value) {
  separate();
  quoted(key);
  line_ += ':';
  quoted(value);
}

void JsonLine::some_text(std::string_view key, std::string_view value) {
  if (!value.empty()) text(key, value);
}

void JsonLine::integer(std::string_view key, std::int64_t value) {
  this->key(key);
  fmt::format_to(std::back_inserter(line_), "{}", value);
}

void JsonLine::count(std::string_view key, std::uint64_t value) {
  this->key(key);
  fmt::format_to(std::back_inserter(line_), "{}", value);
}

void JsonLine::some_count(std::string_view key, std::uint64_t value) {
  if (value != 0) count(key, value);
}

void JsonLine::some_flag(std::string_view key, bool value) {
  if (value) json(key, "true");
}

void JsonLine::some_digest(std::string_view key, std::uint64_t value) {
  if (value == 0) return;
  this->key(key);
  fmt::format_to(std::back_inserter(line_), "\"{:016x}\"", value);
}

void JsonLine::some_headers(std::string_view key, const sim::Headers& headers) {
  if (headers.empty()) return;
  open_list(key);
  std::string field;
  for (const auto [name, value] : headers) {
    field.assign(name).append(": ").append(value);
    element(field);
  }
  close_list();
}

void JsonLine::json(std::string_view key, std::string_view value) {
  this->key(key);
  line_ += value;
}

void JsonLine::open(std::string_view key) {
  this->key(key);
  line_ += '{';
  first_ = true;
}

void JsonLine::open_list(std::string_view key) {
  this->key(key);
  line_ += '[';
  first_ = true;
}

void JsonLine::element(std::string_view value) {
  separate();
  quoted(value);
}

void JsonLine::open_element() {
  separate();
  line_ += '{';
  first_ = true;
}

std::string JsonLine::take() {
  line_ += "}\n";
  std::string line = std::exchange(line_, "{");
  first_ = true;
  return line;
}

}  // namespace pinproof::conformance
