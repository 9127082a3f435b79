// H-STK-3: the window counts from the first request, and later ones do not move its end. Told by the sessions that were used on: were the
// window to slide, they would live beyond it.
#include "conformance/judge/pins/pin_samples.h"

namespace pinproof::conformance {

const ExpiryTrial h_stk_3{
    "H-STK-3", "the same exit after the window's end, in a session that was used on",
    [](const PinStep& step) { return step.seen().answered_at < step.prior->last_ok_sent.at + step.asked.window; }};

}  // namespace pinproof::conformance
