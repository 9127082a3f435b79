// How the ambiguous promises are read. A reading is a question that the sources leave open (or that other vendors
// answer otherwise), with the answers a profile may declare; readings in force are carried in a history's header and
// select what monitors do. docs/readings.md explains each.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pinproof::conformance {

enum class ReadingKind : std::uint8_t {
  kAmbiguous,  // the source leaves it open
  kVendor,     // the source is clear; other vendors promise otherwise
};

/// "ambiguous", "vendor".
std::string_view to_string(ReadingKind kind);

struct ReadingValue {
  std::string value;
  std::string means;
  bool operator==(const ReadingValue&) const = default;
};

struct Reading {
  std::string name;
  ReadingKind kind = ReadingKind::kAmbiguous;
  std::vector<std::string> requirements;  // the ids that depend on it, in catalogue order
  std::string question;
  std::vector<ReadingValue> values;
  std::string default_value;
  std::string why;  // this default

  bool has_value(std::string_view value) const;
};

/// The value in force of every reading, by name. Made by Catalogue::default_readings and read_readings, so that it is
/// complete and holds known values only; `readings.at("over_cap") == "clamp"`.
using Readings = std::map<std::string, std::string, std::less<>>;

}  // namespace pinproof::conformance
