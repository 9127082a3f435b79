// H-STK-4: at the window's end the binding is gone, and the next request begins a session anew.
#include "conformance/judge/pins/pin_samples.h"

namespace pinproof::conformance {

const ExpiryTrial h_stk_4{"H-STK-4", "the same exit after the window's end", [](const PinStep&) { return true; }};

}  // namespace pinproof::conformance
