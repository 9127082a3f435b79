// The rules about pinned sessions, one a requirement, each in a file of its own name. Every rule sees every step and speaks only of
// what is its own.
#pragma once

#include <span>

#include "conformance/judge/pins/pin_step.h"

namespace pinproof::conformance {

using PinRule = void (*)(const PinStep& step, Holdings& holdings);

void h_stk_1(const PinStep& step, Holdings& holdings);
void h_stk_2(const PinStep& step, Holdings& holdings);
void h_stk_5(const PinStep& step, Holdings& holdings);
void h_stk_10(const PinStep& step, Holdings& holdings);
void h_pin_1(const PinStep& step, Holdings& holdings);
void h_pin_2(const PinStep& step, Holdings& holdings);
void h_pin_3(const PinStep& step, Holdings& holdings);
void h_pin_4(const PinStep& step, Holdings& holdings);
void h_pin_5(const PinStep& step, Holdings& holdings);
void h_pin_6(const PinStep& step, Holdings& holdings);
void h_pin_7(const PinStep& step, Holdings& holdings);
void h_pin_8(const PinStep& step, Holdings& holdings);
void h_pin_9(const PinStep& step, Holdings& holdings);
void h_pin_10(const PinStep& step, Holdings& holdings);
void h_pin_11(const PinStep& step, Holdings& holdings);
void h_pin_12(const PinStep& step, Holdings& holdings);
void h_not_3(const PinStep& step, Holdings& holdings);
void h_pool_2(const PinStep& step, Holdings& holdings);
void h_rot_5_of_sessions(const PinStep& step, Holdings& holdings);

/// All of them, in the order of the catalogue.
std::span<const PinRule> pin_rules();

}  // namespace pinproof::conformance
