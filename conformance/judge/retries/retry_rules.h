// The rules about retries, one a requirement, each in a file of its own name. C-RET-5, which is about spacing, is a rule of pacing
// (pacing/pacing_rules.h).
#pragma once

#include <span>

#include "conformance/judge/retries/retry_step.h"

namespace pinproof::conformance {

using RetryRule = void (*)(const RetryStep& step, Holdings& holdings);

void c_ret_1(const RetryStep& step, Holdings& holdings);
void c_ret_2(const RetryStep& step, Holdings& holdings);
void c_ret_3(const RetryStep& step, Holdings& holdings);
void c_ret_4(const RetryStep& step, Holdings& holdings);

/// All of them, in the order of the catalogue.
std::span<const RetryRule> retry_rules();

}  // namespace pinproof::conformance
