#include "conformance/explore/lowering.h"

#include <algorithm>
#include <utility>

#include "conformance/scenario/limits.h"

namespace pinproof::conformance {

void Lowering::create(const Command& command, std::uint32_t count) {
  if (!world_.issues_sessions || !world_.has_api) return;
  ApiStep step;
  step.label = next_label('c', command);
  step.actor = actor_of(command);
  step.credentials = static_cast<CredentialFault>(command.fault % kFaults);
  step.operation = ApiOperation::kCreate;
  step.count = std::min(count, kBurstMax);
  if (key_of(command).kind == KeyKind::kSticky) {
    pending_sources_.emplace_back(command.key % keys_.size(), step.label);
    KeyState& state = state_of(command);
    state.opened = step.label;
    state.last.clear();
  }
  group(std::move(step));
}

void Lowering::call(const Command& command) {
  if (!world_.has_api) return;
  ApiStep step;
  step.label = next_label(command.verb == Verb::kList ? 'l' : 'd', command);
  step.actor = actor_of(command);
  step.credentials = static_cast<CredentialFault>(command.fault % kFaults);
  step.operation = command.verb == Verb::kList ? ApiOperation::kList : ApiOperation::kDelete;
  const Key& key = key_of(command);
  if (command.verb == Verb::kDelete) {
    if (world_.issues_sessions) {
      if (key.kind == KeyKind::kRotating) return;
      Command uses = command;
      uses.create = false;
      if (use_session(uses, step.session)) return;
    } else if (key.kind == KeyKind::kSticky) {
      step.user = user_of(key);
    } else {
      return;
    }
  }
  group(std::move(step));
}

}  // namespace pinproof::conformance
