// H-KEY-3: the same id with any other part of the user name is another session.
#include "conformance/judge/pins/pin_samples.h"

namespace pinproof::conformance {

const SiblingTrial h_key_3{"H-KEY-3", "the exit of a session of the same id with another part of the user name",
                           [](const PinStep&, const Asked&) { return true; }};

}  // namespace pinproof::conformance
