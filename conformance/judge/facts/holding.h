// What one rule of one requirement says about one thing that happened.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/history/verdict.h"

namespace pinproof::conformance {

struct Holding {
  std::string_view requirement;      // id; a literal of the rule's file
  Verdict verdict = Verdict::kPass;  // pass, fail or inconclusive
  std::string reason;  // of a fail: what was seen and what was promised; of inconclusive: the room that is missing
  std::vector<std::uint64_t> evidence;  // observation ids that prove it, beside the one at hand
  std::string reading{};                // "over_cap=reject", where one decided
};

using Holdings = std::vector<Holding>;

inline void held(Holdings& holdings, std::string_view requirement) {
  holdings.emplace_back().requirement = requirement;
}
inline void broken(Holdings& holdings, std::string_view requirement, std::string reason,
                   std::vector<std::uint64_t> evidence = {}, std::string reading = {}) {
  holdings.push_back({requirement, Verdict::kFail, std::move(reason), std::move(evidence), std::move(reading)});
}
inline void left_open(Holdings& holdings, std::string_view requirement, std::string reason,
                      std::vector<std::uint64_t> evidence = {}, std::string reading = {}) {
  holdings.push_back({requirement, Verdict::kInconclusive, std::move(reason), std::move(evidence), std::move(reading)});
}

}  // namespace pinproof::conformance
