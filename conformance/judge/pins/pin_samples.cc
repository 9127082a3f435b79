#include "conformance/judge/pins/pin_samples.h"

#include <array>

namespace pinproof::conformance {

std::span<const ExpiryTrial* const> expiry_trials() {
  static constexpr std::array<const ExpiryTrial*, 3> kTrials{&h_stk_6_of_windows, &h_stk_3, &h_stk_4};
  return kTrials;
}

std::span<const SiblingTrial* const> sibling_trials() {
  static constexpr std::array<const SiblingTrial*, 3> kTrials{&h_key_2, &h_key_1, &h_key_3};
  return kTrials;
}

}  // namespace pinproof::conformance
