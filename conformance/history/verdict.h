// The verdict words, the same everywhere: monitors, scenarios, reports. They are never folded into one another.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pinproof::conformance {

enum class Verdict : std::uint8_t {
  kPass,
  kFail,
  kInconclusive,  // the intervals allow both
  kNotExercised,  // nothing in the history speaks of it
  kNotTestable,   // the target lacks a capability
  kNotSupported,  // the profile says that it does not offer it
  kSetupFail,     // the scenario could not reach the state that it tests
  kHarnessError,
};

/// "pass", "fail", "inconclusive", "not_exercised", "not_testable", "not_supported", "setup_fail", "harness_error".
std::string_view to_string(Verdict verdict);
std::optional<Verdict> parse_verdict(std::string_view text);

}  // namespace pinproof::conformance
