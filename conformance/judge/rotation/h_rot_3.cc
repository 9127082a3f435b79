// H-ROT-3: where each request closes its connection, each request gets a fresh exit. Counted as H-ROT-1's are.
#include "conformance/judge/rotation/rotation_rules.h"

namespace pinproof::conformance {

const RotationTrial h_rot_3{"H-ROT-3", "the exit of the request before, though each connection was closed",
                            [](const Observation& seen) { return seen.sent.find("Connection") == "close"; }};

}  // namespace pinproof::conformance
