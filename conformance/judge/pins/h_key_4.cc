// H-KEY-4: unrelated sessions may share an exit by chance, and that alone is no failure: nothing that can be broken, only shown.
#include "conformance/judge/pins/pin_samples.h"

namespace pinproof::conformance {

void h_key_4(const PinBook::Sibling& sibling, const PinStep& step, Holdings& holdings) {
  if (sibling.pin->exit == step.exchange.exit) held(holdings, "H-KEY-4");
}

}  // namespace pinproof::conformance
