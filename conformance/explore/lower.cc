#include "conformance/explore/lower.h"

#include <algorithm>
#include <utility>

#include "conformance/explore/lowering.h"
#include "conformance/scenario/limits.h"

namespace pinproof::conformance {

Lowered Lowering::lower(const Commands& commands) {
  lowered_.scenario.dialect = world_.dialect;
  for (std::size_t i = 0; i < commands.size() && lowered_.scenario.steps.size() < kStepsMax - 2 * kFlights; ++i) {
    command_ = i;
    one(commands[i]);
  }
  close_group();
  for (Flight& flight : flights_) finish(flight);
  return std::move(lowered_);
}

void Lowering::one(const Command& command) {
  const bool sends = command.verb == Verb::kRequest || command.verb == Verb::kCreate || command.verb == Verb::kList ||
                     command.verb == Verb::kDelete || command.verb == Verb::kFill;
  if (!sends || !command.together || group_.size() >= 8) close_group();
  switch (command.verb) {
    case Verb::kRequest:
      return request(command);
    case Verb::kBegin:
      return begin(command);
    case Verb::kAwait:
      return finish(flight_of(command), false);
    case Verb::kRelease:
      return release(flight_of(command));
    case Verb::kAbandon:
      return abandon(flight_of(command));
    case Verb::kClose:
      return close(command);
    case Verb::kWait:
      return wait(command);
    case Verb::kExit:
      return exits(command);
    case Verb::kCreate:
      return create(command, 1);
    case Verb::kFill:
      if (world_.session_cap > 0)
        create(command, static_cast<std::uint32_t>(std::max(1, static_cast<int>(world_.session_cap) + command.over)));
      return;
    case Verb::kList:
    case Verb::kDelete:
      return call(command);
  }
}

std::string Lowering::next_label(char first, const Command& command) {
  lowered_.keys.push_back(static_cast<std::uint8_t>(command.key % keys_.size()));
  return first + std::to_string(lowered_.keys.size());
}

void Lowering::add(decltype(Step::what) what) {
  std::vector<Step>& steps = lowered_.scenario.steps;
  steps.push_back({std::move(what), "/steps/" + std::to_string(steps.size()), ""});
  lowered_.commands.push_back(command_);
}

void Lowering::group(Submission submission) {
  if (group_.empty()) group_begin_ = command_;
  group_.push_back(std::move(submission));
}

void Lowering::close_group() {
  if (group_.empty()) return;
  const std::size_t now = std::exchange(command_, group_begin_);
  if (group_.size() == 1) {
    add(DoStep{std::move(group_.front())});
  } else {
    add(ParallelStep{std::move(group_), {}});
  }
  command_ = now;
  group_.clear();
  for (auto& [key, label] : pending_sources_) keys_[key].source = std::move(label);
  pending_sources_.clear();
}

void Lowering::wait(const Command& command) {
  const TimeSpan& span = world_.spans[command.span % world_.spans.size()];
  const KeyState& state = state_of(command);
  Duration length = span.length;
  if (span.of_key) {
    const auto& window = key_of(command).window;
    if (!window) return;
    length = *window;
  }
  length += world_.offsets[command.offset % world_.offsets.size()];
  std::string after;
  if (command.anchor == Anchor::kOpened) after = state.opened;
  if (command.anchor == Anchor::kLast) after = state.last.empty() ? last_ : state.last;
  if (command.anchor != Anchor::kNow && after.empty()) return;
  if (length <= Duration::zero() || length > kWaitMax) return;
  add(WaitStep{length, after});
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (world_.keys[i].window && length >= *world_.keys[i].window) keys_[i].reopens = true;
  }
}

Lowered lower(const Commands& commands, const SmallWorld& world, bool named) {
  return Lowering(world, named).lower(commands);
}

}  // namespace pinproof::conformance
