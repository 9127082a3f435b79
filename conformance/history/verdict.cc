#include "conformance/history/verdict.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace pinproof::conformance {
namespace {

constexpr std::array<std::string_view, 8> kWords{"pass",         "fail",          "inconclusive", "not_exercised",
                                                 "not_testable", "not_supported", "setup_fail",   "harness_error"};

}  // namespace

std::string_view to_string(Verdict verdict) { return kWords.at(static_cast<std::size_t>(verdict)); }

std::optional<Verdict> parse_verdict(std::string_view text) {
  const auto* const word = std::find(kWords.begin(), kWords.end(), text);
  if (word == kWords.end()) return std::nullopt;
  return static_cast<Verdict>(std::distance(kWords.begin(), word));
}

}  // namespace pinproof::conformance
