// All pin rules about one request, in every state that its session may be in: what each says, and in which of them the gateway is right.
#pragma once

#include <vector>

#include "conformance/judge/pins/pin_book.h"
#include "conformance/judge/pins/pin_step.h"

namespace pinproof::conformance {

/// Keeps its memory from one request to the next.
class PinRuling {
 public:
  /// Replaces what it said before; its steps point into `before`.
  void rule(const PinBook& book, const PinStates& before, const Exchange& exchange);

  /// Wrong in every state: then what the likeliest one says is said.
  bool broken() const { return broken_; }
  const std::vector<PinStep>& steps() const { return steps_; }
  /// Of each step.
  std::vector<Holdings>& holdings() { return holdings_; }
  /// The steps to go on from: those in which the gateway is right, else the likeliest.
  const std::vector<const PinStep*>& kept() const { return kept_; }

 private:
  std::vector<PinStep> steps_;
  std::vector<Holdings> holdings_;  // at least one for each step
  std::vector<const PinStep*> kept_;
  bool broken_ = false;
};

}  // namespace pinproof::conformance
