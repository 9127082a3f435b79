// H-STK-6, where more than the cap is served as the cap: the session ends there.
#include "conformance/judge/pins/pin_samples.h"

namespace pinproof::conformance {

const ExpiryTrial h_stk_6_of_windows{"H-STK-6", "the same exit after the cap",
                                     [](const PinStep& step) { return step.asked.over_cap; }};

}  // namespace pinproof::conformance
