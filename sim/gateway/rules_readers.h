// What the readers of rules share: the kinds of values that rules are made of, each with its limits. Private to rules_*json.cc.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/json_reader.h"
#include "sim/gateway/rules.h"
#include "sim/gateway/rules_words.h"

namespace pinproof::sim {

// Limits on what a file may ask for; each far beyond what any vendor documents.
inline constexpr std::int64_t kCountMax = 1'000'000;
inline constexpr std::size_t kListMax = 10'000;
inline constexpr std::size_t kTextMax = 256;
inline constexpr Duration kLongest = std::chrono::hours(24 * 7);

inline std::uint32_t count(const JsonReader& json, std::int64_t min = 0) {
  return static_cast<std::uint32_t>(json.integer(min, kCountMax));
}

inline Duration length(const JsonReader& json) { return json.duration(Duration::zero(), kLongest); }

inline std::string text(const JsonReader& json) {
  std::string value = json.string();
  if (value.size() > kTextMax) json.refuse("a string of at most 256 bytes");
  return value;
}

// What stands in a field of a message: nothing that could end it.
inline std::string field_text(const JsonReader& json) {
  std::string value = text(json);
  const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
  if (!std::all_of(value.begin(), value.end(), printable)) json.refuse("printable ASCII");
  return value;
}

inline std::string code_text(const JsonReader& json) {
  json.non_empty_string(kTextMax);
  return field_text(json);
}

// A name as RFC 9110, 5.1 has it, or none.
inline std::string field_name(const JsonReader& json) {
  std::string name = text(json);
  const auto token = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  if (!std::all_of(name.begin(), name.end(), token)) json.refuse("a header field name, or \"\" for none");
  return name;
}

// A set of characters as character_set.h reads it.
inline std::string characters(const JsonReader& json) {
  std::string ranges = json.non_empty_string(kTextMax);
  for (std::size_t i = 0; i + 2 < ranges.size(); ++i) {
    if (ranges[i + 1] != '-') continue;
    if (static_cast<unsigned char>(ranges[i + 2]) < static_cast<unsigned char>(ranges[i]))
      json.refuse("ranges that go upwards, such as \"a-z0-9\"");
    i += 2;
  }
  return ranges;
}

inline std::vector<std::string> texts(const JsonReader& json) {
  std::vector<std::string> all;
  for (const JsonReader& element : json.array(0, kListMax)) all.push_back(element.non_empty_string(kTextMax));
  return all;
}

// Members that a file may leave out, and then are what the struct says.
inline void read_if_there(const JsonReader& json, std::string_view key, bool& value) {
  if (const auto member = json.optional(key)) value = member->boolean();
}
inline void read_if_there(const JsonReader& json, std::string_view key, std::uint32_t& value) {
  if (const auto member = json.optional(key)) value = count(*member);
}
inline void read_if_there(const JsonReader& json, std::string_view key, Duration& value) {
  if (const auto member = json.optional(key)) value = length(*member);
}
inline void read_if_there(const JsonReader& json, std::string_view key, std::vector<KeyPart>& value) {
  if (const auto member = json.optional(key)) {
    for (const JsonReader& element : member->array(0, 16)) value.push_back(element.one_of(words::kKeyPart));
  }
}
template <class Choice>
void read_if_there(const JsonReader& json, std::string_view key, Choice& value, words::Words<Choice> choices) {
  if (const auto member = json.optional(key)) value = member->one_of(choices);
}

/// The member "session" of rules (rules_session_json.cc).
SessionRules read_session(const JsonReader& json);

}  // namespace pinproof::sim
