// H-EXT-1: segment order and names are enforced, and an error says the documented code for each kind of malformed name.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "conformance/judge/names/name_rules.h"

namespace pinproof::conformance {
namespace {

// The documented code of each row's refusal. What is not listed has none of its own.
struct Code {
  std::string_view requirement;
  std::string_view code;
};
constexpr std::array kCodes{Code{"H-STK-6", "sesstime-out-of-range"}, Code{"H-STK-8", "bad-username"},
                            Code{"H-STK-9", "session-incomplete"}};

}  // namespace

void h_ext_1(const NameStep& step, Holdings& holdings) {
  if (step.asked.breaks == "H-EXT-1") judge_refusal(step, "H-EXT-1", holdings);
  if (!step.good_credentials() || step.exchange.fate != Fate::kRefused || step.asked.breaks.empty()) return;
  const auto said = step.seen().headers.find(step.header.vocabulary.error);
  if (!said)
    return broken(holdings, "H-EXT-1",
                  fmt::format("{} was refused without {}", step.asked.why, step.header.vocabulary.error));
  const auto due = std::find_if(kCodes.begin(), kCodes.end(),
                                [&](const Code& code) { return code.requirement == step.asked.breaks; });
  if (due == kCodes.end()) return;
  if (*said == due->code) return held(holdings, "H-EXT-1");
  broken(holdings, "H-EXT-1",
         fmt::format("{} was refused as '{}', documented is '{}'", step.asked.why, *said, due->code));
}

}  // namespace pinproof::conformance
