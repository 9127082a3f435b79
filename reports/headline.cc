#include "reports/headline.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/deciding.h"

namespace pinproof::reports {
namespace {

std::string are(std::size_t count) { return count == 1 ? "is" : "are"; }

}  // namespace

std::string counted(std::size_t count, const std::string& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

Weight weight_of(const RequirementResult& row, std::string_view deciding_set) {
  if (row.set == "extended" && deciding_set != "extended") return Weight::kReported;
  // What is only reported counts where it holds, and not where it does not.
  if (row.verdict == "pass") return Weight::kHeld;
  if (!row.provable) return Weight::kNotShowable;
  if (!why_it_does_not_decide(row, deciding_set).empty()) return Weight::kReported;
  if (row.verdict == "fail") return Weight::kBroken;
  if (row.verdict == "inconclusive") return Weight::kUndecided;
  return row.verdict == "not_supported" ? Weight::kNotOffered : Weight::kUntested;
}

Score score_of(const Result& result) {
  Score score;
  for (const RequirementResult& row : result.requirements) {
    switch (weight_of(row, result.set)) {
      case Weight::kHeld:
        ++score.held;
        break;
      case Weight::kBroken:
        ++score.broken;
        break;
      case Weight::kUndecided:
        ++score.undecided;
        break;
      case Weight::kUntested:
        ++score.untested;
        break;
      case Weight::kNotOffered:
        ++score.not_offered;
        break;
      case Weight::kNotShowable:
      case Weight::kReported:
        break;
    }
  }
  return score;
}

OtherRules other_rules_of(const Result& result) {
  // The rules of anybody else's gateway are its profile's.
  if (result.target.kind != "sim" && result.target.kind != "lab") return {};
  std::string_view names = result.target.rules;
  bool all_own = true;
  while (!names.empty()) {
    const std::string_view name = names.substr(0, names.find(", "));
    if (name != "helodata" && name != "crawlera") all_own = false;
    names.remove_prefix(std::min(name.size() + 2, names.size()));
  }
  if (all_own) return {};
  return {result.target.rules, result.reproduce.find(" --deviate ") != std::string::npos};
}

std::string under_test(const Result& result) {
  const Implementation& who = result.implementation;
  std::string name = who.name.empty() ? result.target.name : who.name;
  if (!who.version.empty()) name += " " + who.version;
  if (const OtherRules rules = other_rules_of(result); !rules.name.empty())
    name += rules.on_purpose ? ", deviation " + rules.name + " (wrong on purpose)" : ", by the rules " + rules.name;
  return name;
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
  if (const OtherRules rules = other_rules_of(result); !rules.name.empty())
    line.text += rules.on_purpose ? " (a deviation, wrong on purpose)" : " (by rules other than the dialect's own)";
  if (!result.complete) {
    line.text += "; interrupted";
    if (line.tone == Tone::kGood) line = {Tone::kUnsure, "?", line.text};
  }
  return line;
}

}  // namespace pinproof::reports
