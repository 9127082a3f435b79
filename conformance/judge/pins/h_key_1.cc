// H-KEY-1: the same id in another region is another session.
#include "conformance/judge/pins/pin_samples.h"

namespace pinproof::conformance {

const SiblingTrial h_key_1{
    "H-KEY-1", "the exit of a session of the same id in another region",
    [](const PinStep& step, const Asked& sibling) { return sibling.where.region != step.asked.where.region; }};

}  // namespace pinproof::conformance
