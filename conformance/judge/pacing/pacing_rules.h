// The rules about pacing, one a requirement, each in a file of its own name; C-RET-5, which is about the spacing of retries, stands
// with the rules about retries. Every rule sees every step and speaks only of what is its own.
#pragma once

#include <span>

#include "conformance/judge/pacing/pace_step.h"

namespace pinproof::conformance {

using PacingRule = void (*)(const PaceStep& step, Holdings& holdings);

void c_pac_1(const PaceStep& step, Holdings& holdings);
void c_pac_2(const PaceStep& step, Holdings& holdings);
void c_pac_3(const PaceStep& step, Holdings& holdings);
void c_pac_4(const PaceStep& step, Holdings& holdings);
void c_pac_5(const PaceStep& step, Holdings& holdings);
void c_pac_6(const PaceStep& step, Holdings& holdings);
void c_pac_7(const PaceStep& step, Holdings& holdings);
void c_pac_8(const PaceStep& step, Holdings& holdings);
void c_pac_9(const PaceStep& step, Holdings& holdings);
void c_ret_5(const PaceStep& step, Holdings& holdings);

/// All of them, in the order of the catalogue.
std::span<const PacingRule> pacing_rules();

/// Judges the gap to the forward before on behalf of the requirement that owns it: says that it was too short, or cannot be told.
/// True where it said either; a gap that was kept is for the rule to tell.
bool judge_gap(const PaceStep& step, std::string_view requirement, Holdings& holdings);
/// The same of a delay beyond what the law allows.
bool judge_delay(const PaceStep& step, std::string_view requirement, Holdings& holdings);

/// Whether a delay announced as this value agrees with the one of the step, as its own and as the next request's.
struct Agreement {
  bool own = false;
  bool next = false;
};
/// Nothing where the value is no number of whole seconds.
std::optional<Agreement> agreement_of(const PaceStep& step);

}  // namespace pinproof::conformance
