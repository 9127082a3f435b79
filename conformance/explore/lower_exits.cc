#include "conformance/explore/lowering.h"

#include <utility>

namespace pinproof::conformance {

// Whether there is anything that it could be for.
bool Lowering::aim(const Command& command, ExitStep& step) {
  const KeyState& state = state_of(command);
  const Key& key = key_of(command);
  switch (command.aim) {
    case Aim::kInUse:
      if (state.last.empty()) return false;
      step.which.served = state.last;
      break;
    case Aim::kAnother:
      if (state.last.empty()) return false;
      step.which.not_served = state.last;
      if (!(key.filter == sim::ExitFilter{})) step.which.where = key.filter;
      break;
    case Aim::kInFlight: {
      const Flight& flight = flight_of(command);
      if (flight.label.empty()) return false;
      step.which.served = flight.label;
      break;
    }
    case Aim::kMatching:
      step.which.where = key.filter;
      break;
    case Aim::kAll:
      step.which.where = sim::ExitFilter{};
      break;
  }
  return true;
}

void Lowering::exits(const Command& command) {
  ExitStep step;
  step.action = command.action;
  if (!aim(command, step)) return;
  const bool lasts = step.action != sim::ExitAction::kRestore && step.action != sim::ExitAction::kReset;
  const Duration lasting = world_.lasting[command.lasting % world_.lasting.size()];
  if (lasts && lasting > Duration::zero()) step.lasting = lasting;
  if (lasts && command.times > 0) step.count = command.times;
  if (step.action == sim::ExitAction::kSlow) step.delay = world_.spans[1 + command.span % 3].length;
  if (step.action == sim::ExitAction::kDrop) state_of(command).reopens = true;
  add(std::move(step));
}

}  // namespace pinproof::conformance
