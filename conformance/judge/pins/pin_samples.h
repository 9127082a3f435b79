// What is counted over sessions, where one case proves nothing since chance alone brings it now and then: each a requirement's, in a file of
// its own name. A trial is counted by the first that takes it; the narrower one comes first.
#pragma once

#include <span>
#include <string_view>

#include "conformance/judge/pins/pin_book.h"
#include "conformance/judge/pins/pin_step.h"

namespace pinproof::conformance {

/// A session begins anew once its window is over: a hit is the exit that it had before.
struct ExpiryTrial {
  std::string_view requirement;
  std::string_view counted;
  bool (*takes)(const PinStep& step);
};

/// A session begins while another one with the same id and another name or owner is alive: a hit is the exit of that one.
struct SiblingTrial {
  std::string_view requirement;
  std::string_view counted;
  bool (*takes)(const PinStep& step, const Asked& sibling);
};

extern const ExpiryTrial h_stk_3;
extern const ExpiryTrial h_stk_4;
extern const ExpiryTrial h_stk_6_of_windows;

extern const SiblingTrial h_key_1;
extern const SiblingTrial h_key_2;
extern const SiblingTrial h_key_3;

std::span<const ExpiryTrial* const> expiry_trials();
std::span<const SiblingTrial* const> sibling_trials();

/// Sharing an exit by chance is no failure of anything.
void h_key_4(const PinBook::Sibling& sibling, const PinStep& step, Holdings& holdings);

}  // namespace pinproof::conformance
