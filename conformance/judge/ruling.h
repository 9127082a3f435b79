// What one check comes to, and the arithmetic of uncertain measurements: a verdict of fail is given only when no value inside the
// interval would make the gateway right, and a verdict of pass only when every value does.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "conformance/history/history.h"

namespace pinproof::conformance {

struct Ruling {
  Verdict verdict = Verdict::kPass;  // or kFail, kInconclusive, kNotTestable
  std::string reason;                // one sentence; empty for a pass that needs no words
  std::vector<std::uint64_t> evidence;
};

inline Ruling passed() { return {}; }
inline Ruling failed(std::string reason, std::vector<std::uint64_t> evidence) {
  return {Verdict::kFail, std::move(reason), std::move(evidence)};
}
inline Ruling undecided(std::string reason, std::vector<std::uint64_t> evidence) {
  return {Verdict::kInconclusive, std::move(reason), std::move(evidence)};
}

/// Of several rulings about one thing: the worst, with the evidence of all that are as bad.
Ruling worst_of(const std::vector<Ruling>& rulings);

/// A quantity that lies somewhere from low to high.
template <class T>
struct Range {
  T low;
  T high;
};

/// The words for a quantity and for how far it is from being certain.
std::string words_of(Duration duration);
std::string words_of(std::int64_t count);

/// "6 s", "at least 12 s", "from 1 to 3".
template <class T>
std::string words_of(const Bounds<T>& bounds) {
  if (bounds.at_least && bounds.at_most) {
    if (*bounds.at_least == *bounds.at_most) return words_of(*bounds.at_least);
    return "from " + words_of(*bounds.at_least) + " to " + words_of(*bounds.at_most);
  }
  if (bounds.at_least) return "at least " + words_of(*bounds.at_least);
  if (bounds.at_most) return "at most " + words_of(*bounds.at_most);
  return "anything";
}

/// Whether a quantity is within bounds. `expected` says in the reason what it was to be: "1 of 8 to be served".
template <class T>
Ruling within_as(const std::string& expected, Range<T> range, const Bounds<T>& bounds,
                 std::vector<std::uint64_t> evidence) {
  const std::string seen =
      range.low == range.high ? words_of(range.low) : words_of(range.low) + " to " + words_of(range.high);
  const std::string reason = "expected " + expected + ", saw " + seen;
  const bool too_low = bounds.at_least && range.high < *bounds.at_least;
  const bool too_high = bounds.at_most && range.low > *bounds.at_most;
  if (too_low || too_high) return failed(reason, std::move(evidence));
  T room{};
  if (bounds.at_least && range.low < *bounds.at_least) room = *bounds.at_least - range.low;
  if (bounds.at_most && range.high > *bounds.at_most) room = std::max(room, range.high - *bounds.at_most);
  if (room == T{}) return passed();
  return undecided(reason + ": needs " + words_of(room) + " more room", std::move(evidence));
}

/// The same; `what` names the quantity: "a delay".
template <class T>
Ruling within(const std::string& what, Range<T> range, const Bounds<T>& bounds, std::vector<std::uint64_t> evidence) {
  return within_as(what + " of " + words_of(bounds), range, bounds, std::move(evidence));
}

}  // namespace pinproof::conformance
