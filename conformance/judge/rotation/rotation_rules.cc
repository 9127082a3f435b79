#include "conformance/judge/rotation/rotation_rules.h"

#include <array>

namespace pinproof::conformance {

std::span<const RotationRule> rotation_rules() {
  static constexpr std::array<RotationRule, 4> kRules{h_rot_2, h_rot_4, h_rot_5, h_rot_6};
  return kRules;
}

const RotationTrial& rotation_trial_of(const Observation& seen) { return h_rot_3.takes(seen) ? h_rot_3 : h_rot_1; }

}  // namespace pinproof::conformance
