// H-ROT-1: every new connection gets a fresh exit. Chance may bring the one before it again, so it is counted how often.
#include "conformance/judge/rotation/rotation_rules.h"

namespace pinproof::conformance {

const RotationTrial h_rot_1{"H-ROT-1", "the exit of the connection before, on a new connection",
                            [](const Observation&) { return true; }};

}  // namespace pinproof::conformance
