// The first line of every report: does it conform? One place, so that all formats give the same answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "reports/result.h"
#include "reports/verdict_words.h"

namespace pinproof::reports {

/// What a promise's verdict counts as.
enum class Weight : std::uint8_t {
  kHeld,
  kBroken,
  kUndecided,
  kUntested,
  kNotOffered,
  kNotShowable,  // no history can show it, of any gateway: it counts nowhere
  kReported,     // it does not decide and does not hold, or is of a set that does not decide: it counts nowhere
};

Weight weight_of(const RequirementResult& row, std::string_view deciding_set);

/// What became of the promises of the sets that decide, each counted once.
struct Score {
  std::size_t held = 0;
  std::size_t broken = 0;
  std::size_t undecided = 0;  // inconclusive
  std::size_t untested = 0;  // not testable, not exercised, or kept from it by trouble; of what some history could show
  std::size_t not_offered = 0;
};

Score score_of(const Result& result);

struct Headline {
  Tone tone = Tone::kBad;
  std::string symbol;
  std::string text;  // "Does not conform: 2 promises are broken"
};

Headline headline_of(const Result& result);

/// Rules of a simulated gateway that are not those of the dialects as they ship.
struct OtherRules {
  std::string name;         // empty: it goes by the dialect's own, or nobody knows
  bool on_purpose = false;  // a deviation: wrong in one known way
};

OtherRules other_rules_of(const Result& result);

/// "reference gateway 0.1.0, deviation helodata-repin-silent (wrong on purpose)": who was tested, in its own words and so hostile text.
std::string under_test(const Result& result);

/// "1 promise", "2 promises".
std::string counted(std::size_t count, const std::string& noun);

}  // namespace pinproof::reports
