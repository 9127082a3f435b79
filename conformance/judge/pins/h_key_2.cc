// H-KEY-2: the same id of another sub-user is another session.
#include "conformance/judge/pins/pin_samples.h"

namespace pinproof::conformance {

const SiblingTrial h_key_2{
    "H-KEY-2", "the exit of a session of the same id of another sub-user",
    [](const PinStep& step, const Asked& sibling) { return sibling.account != step.asked.account; }};

}  // namespace pinproof::conformance
