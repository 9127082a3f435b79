// A value that a profile does not hold itself but says where to find: in the environment or in a file, so that no secret is ever written
// into a profile. Found when the profile is used, not when it is read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "sim/core/input_error.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

struct ValueReference {
  enum class Kind : std::uint8_t { kText, kEnvironment, kFile };
  Kind kind = Kind::kText;
  std::string value;    // the text itself, the variable's name, or the file's path
  std::string pointer;  // JSON pointer into what is found there; empty: all of it
  std::string place;    // of the reference in its profile, as a JSON pointer: for complaints

  bool operator==(const ValueReference&) const = default;
};

/// {"env": NAME} or {"file": PATH}, with a "pointer" or without.
ValueReference read_reference(const sim::JsonReader& json);

/// The value of an environment variable, or nothing.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// Where references lead to: the environment, and the folder that files are relative to. `profile` is the file's name for complaints.
struct Surroundings {
  Environment environment;
  std::string profile;
  std::filesystem::path folder;
};

/// The value, without a final line end; a complaint that never shows any of it when it is not there, is empty, or is not what the
/// pointer needs. `lines`: may it have more than one.
enum class Lines : std::uint8_t { kOne, kMany };
sim::Parsed<std::string> find_value(const ValueReference& reference, const Surroundings& surroundings, Lines lines);

}  // namespace pinproof::conformance
