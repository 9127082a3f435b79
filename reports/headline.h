// The first line of every report: does it conform? One place, so that all formats give the same answer.
#pragma once

#include <cstddef>
#include <string>

#include "reports/result.h"
#include "reports/verdict_words.h"

namespace pinproof::reports {

/// What became of the promises of the sets that decide.
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

/// "1 promise", "2 promises".
std::string counted(std::size_t count, const std::string& noun);

}  // namespace pinproof::reports
