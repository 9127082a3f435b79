#include "conformance/judge/pins/pin_rules.h"

#include <array>

namespace pinproof::conformance {

std::span<const PinRule> pin_rules() {
  static constexpr std::array<PinRule, 19> kRules{h_rot_5_of_sessions,
                                                  h_stk_1,
                                                  h_stk_2,
                                                  h_stk_5,
                                                  h_stk_10,
                                                  h_pin_1,
                                                  h_pin_2,
                                                  h_pin_3,
                                                  h_pin_4,
                                                  h_pin_5,
                                                  h_pin_6,
                                                  h_pin_7,
                                                  h_pin_8,
                                                  h_pin_9,
                                                  h_pin_10,
                                                  h_pin_11,
                                                  h_pin_12,
                                                  h_not_3,
                                                  h_pool_2};
  return kRules;
}

}  // namespace pinproof::conformance
