#include "reports/headline.h"

#include <fmt/format.h>

#include "reports/deciding.h"

namespace pinproof::reports {
namespace {

std::string are(std::size_t count) { return count == 1 ? "is" : "are"; }

}  // namespace

std::string counted(std::size_t count, const std::string& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

Score score_of(const Result& result) {
  Score score;
  for (const RequirementResult& row : result.requirements) {
    // What is only reported counts where it holds, and not where it does not.
    if (row.set == "extended" && result.set != "extended") continue;
    if (row.verdict != "pass" && (!row.provable || !why_it_does_not_decide(row, result.set).empty())) continue;
    if (row.verdict == "pass") {
      ++score.held;
    } else if (row.verdict == "fail") {
      ++score.broken;
    } else if (row.verdict == "inconclusive") {
      ++score.undecided;
    } else if (row.verdict == "not_supported") {
      ++score.not_offered;
    } else {
      ++score.untested;
    }
  }
  return score;
}

Headline headline_of(const Result& result) {
  const Score score = score_of(result);
  Headline line;
  const std::string held = counted(score.held, "promise");
  if (score.broken != 0) {
    line = {Tone::kBad, "✗",
            fmt::format("Does not conform: {} {} broken", counted(score.broken, "promise"), are(score.broken))};
  } else if (score.held == 0) {
    line = {Tone::kUnsure, "?", "Nothing was shown: no promise was tested to the end"};
  } else if (score.undecided != 0) {
    line = {Tone::kUnsure, "?", fmt::format("Not decided: {} held, {} could not be decided", held, score.undecided)};
  } else if (score.untested != 0 || result.result == "partial") {
    line = {Tone::kUnsure, "?",
            fmt::format("Conforms as far as it was tested: {} held, {} not tested", held, score.untested)};
  } else {
    line = {Tone::kGood, "✓", fmt::format("Conforms: {} held", held)};
  }
  if (score.not_offered != 0) line.text += fmt::format(", {} not offered", score.not_offered);
  if (!result.complete) {
    line.text += "; interrupted";
    if (line.tone == Tone::kGood) line = {Tone::kUnsure, "?", line.text};
  }
  return line;
}

}  // namespace pinproof::reports
