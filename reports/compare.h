// Two runs side by side, what is old against what is new: what broke, what was fixed, what is no longer tested. For `report NEW
// --compare OLD`; the renderers show it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/result.h"

namespace pinproof::reports {

/// What became of a verdict. Decided means pass or fail.
enum class Change : std::uint8_t {
  kBroken,         // fails now, and did not
  kFixed,          // passes now, and failed
  kNewlyUntested,  // was decided, and is not now
  kNewlyTested,    // passes now, and was not decided
  kOther,          // undecided before and now, for another cause
  kAdded,          // was not in the old result
  kRemoved,        // is not in the new result
};

struct VerdictChange {
  Change change = Change::kOther;
  std::string kind;  // "requirement", "scenario"
  std::string id;
  std::string title;
  std::string before;  // verdict words; empty where there was none
  std::string after;
  std::string reason;  // of the new verdict, or of the old one where there is no new one
  std::string replay;  // shows the new one again; empty: nothing does
};

/// Something about the runs themselves, which may be why verdicts differ: "seed", "target", "reading over_cap", …
struct FactChange {
  std::string what;
  std::string before;
  std::string after;
};

/// The answers of a scenario came earlier or later than before, by more than both runs' tolerance, 1 ms, and a tenth.
struct TimingDrift {
  std::string scenario;
  std::string what;  // "median", "p95", "max", "span"
  std::uint64_t before_us = 0;
  std::uint64_t after_us = 0;
};

struct Comparison {
  std::vector<FactChange> facts;
  std::vector<VerdictChange> changes;  // the most urgent first: in the order of Change, requirements before scenarios
  std::vector<TimingDrift> drifts;     // largest part of the old time first
  std::uint64_t unchanged = 0;         // requirements and scenarios whose verdict is as it was
};

/// Rows are matched by their id. Times of different clocks cannot be compared: then there are no drifts.
Comparison compare(const Result& before, const Result& after);

/// "broken", "fixed", "newly untested", "newly tested", "changed", "added", "removed".
std::string_view to_string(Change change);

}  // namespace pinproof::reports
