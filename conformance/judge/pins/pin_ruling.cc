#include "conformance/judge/pins/pin_ruling.h"

#include <algorithm>

#include "conformance/judge/pins/pin_rules.h"

namespace pinproof::conformance {

void PinRuling::rule(const PinBook& book, const PinStates& before, const Exchange& exchange) {
  book.steps(before, exchange, steps_);
  if (holdings_.size() < steps_.size()) holdings_.resize(steps_.size());
  kept_.clear();
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    Holdings& holdings = holdings_[i];
    holdings.clear();
    for (const PinRule each : pin_rules()) each(steps_[i], holdings);
    const bool right = std::none_of(holdings.begin(), holdings.end(),
                                    [](const Holding& holding) { return holding.verdict == Verdict::kFail; });
    if (right) kept_.push_back(&steps_[i]);
  }
  broken_ = kept_.empty();
  if (broken_) kept_.push_back(&steps_.front());
}

}  // namespace pinproof::conformance
