// How a verdict word is shown: its symbol, its colour, and where it stands among the others. The words come from the result as
// text; one that is not known is shown as it is, and counts as bad news.
#pragma once

#include <array>
#include <string_view>

namespace pinproof::reports {

enum class Tone { kGood, kBad, kUnsure, kQuiet, kUntried };  // kUntried: the try itself went wrong, not the gateway

struct VerdictStyle {
  std::string_view word;
  std::string_view symbol;  // beside the word, never instead of it: neither symbol nor colour says anything alone
  Tone tone;
};

/// Every verdict word, the most urgent first.
inline constexpr std::array<VerdictStyle, 8> kVerdictStyles = {{
    {"fail", "✗", Tone::kBad},
    {"harness_error", "!", Tone::kUntried},
    {"setup_fail", "!", Tone::kUntried},
    {"inconclusive", "?", Tone::kUnsure},
    {"pass", "✓", Tone::kGood},
    {"not_testable", "-", Tone::kQuiet},
    {"not_supported", "-", Tone::kQuiet},
    {"not_exercised", "-", Tone::kQuiet},
}};

VerdictStyle style_of(std::string_view verdict);

}  // namespace pinproof::reports
