#include "sim/pool/pool.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/core/check.h"

namespace pinproof::sim {
namespace {

struct ActionName {
  ExitAction action;
  std::string_view text;
};

constexpr std::array kActionNames = {
    ActionName{ExitAction::kDrop, "drop"},   ActionName{ExitAction::kRestore, "restore"},
    ActionName{ExitAction::kReset, "reset"}, ActionName{ExitAction::kFail, "fail"},
    ActionName{ExitAction::kSlow, "slow"},   ActionName{ExitAction::kBlackhole, "blackhole"},
};

Instant after(Instant now, Duration lasting) {
  if (lasting <= Duration::zero()) return now;
  return lasting > kNever - now ? kNever : now + lasting;
}

bool resets_connections(ExitAction action) { return action == ExitAction::kDrop || action == ExitAction::kReset; }

}  // namespace

std::string_view to_string(ExitAction action) {
  for (const ActionName& name : kActionNames) {
    if (name.action == action) return name.text;
  }
  PINPROOF_CHECK(false, "an exit action of {}", static_cast<int>(action));
}

std::optional<ExitAction> parse_exit_action(std::string_view text) {
  for (const ActionName& name : kActionNames) {
    if (name.text == text) return name.action;
  }
  return std::nullopt;
}

Pool::Pool(std::vector<Exit> exits) : exits_(std::move(exits)), conditions_(exits_.size()), up_(exits_.size()) {}

std::optional<ExitId> Pool::find(std::string_view address) const {
  for (std::size_t i = 0; i < exits_.size(); ++i) {
    if (exits_[i].address == address) return ExitId{static_cast<std::uint32_t>(i)};
  }
  return std::nullopt;
}

ExitChange Pool::apply(const ExitEvent& event, Instant now) {
  pass_to(now);
  Condition& exit = condition(event.exit);
  const ExitChange change{event.exit, event.action, resets_connections(event.action)};
  if (event.action == ExitAction::kReset) return change;
  if (event.action == ExitAction::kRestore && exit.away) {
    exit.away = false;
    if (is_up(exit)) ++up_;
  }
  const bool no_effect = event.count == 0U;
  set_action(event.exit, no_effect ? ExitAction::kRestore : event.action);
  exit.delay = event.action == ExitAction::kSlow ? std::max(event.delay, Duration::zero()) : Duration::zero();
  exit.counted = event.count.has_value();
  exit.count_left = event.count.value_or(0);
  if (event.lasting && exit.action != ExitAction::kRestore) {
    add_pending({after(now, *event.lasting), 0, true, exit.generation, {event.exit, ExitAction::kRestore, {}, {}, {}}});
  }
  drop_stale_ends();
  return change;
}

void Pool::schedule(const ScheduledExitEvent& scheduled) {
  PINPROOF_CHECK(scheduled.at >= now_, "an exit event scheduled for {} ns at {} ns",
                 scheduled.at.time_since_epoch().count(), now_.time_since_epoch().count());
  condition(scheduled.event.exit);  // an exit that is not there is refused now, not when the event is due
  add_pending({scheduled.at, 0, false, 0, scheduled.event});
}

ExitReception Pool::receive(ExitId exit, Instant now) {
  pass_to(now);
  Condition& state = condition(exit);
  if (state.away) return {ExitBehaviour::kRefuses, {}};
  ExitReception reception;
  switch (state.action) {
    case ExitAction::kRestore:
    case ExitAction::kReset:
      return reception;
    case ExitAction::kDrop:
      reception.behaviour = ExitBehaviour::kRefuses;
      break;
    case ExitAction::kFail:
      reception.behaviour = ExitBehaviour::kFails;
      break;
    case ExitAction::kBlackhole:
      reception.behaviour = ExitBehaviour::kSilent;
      break;
    case ExitAction::kSlow:
      reception.delay = state.delay;
      break;
  }
  if (state.counted && --state.count_left == 0) {
    set_action(exit, ExitAction::kRestore);
    drop_stale_ends();
  }
  return reception;
}

bool Pool::is_up(ExitId exit) const { return is_up(condition(exit)); }

Instant Pool::next_change() const {
  const Instant pending = pending_.empty() ? kNever : pending_.front().at;
  return churn_ ? std::min(pending, churn_->next()) : pending;
}

std::optional<ExitChange> Pool::advance_to(Instant now) {
  PINPROOF_CHECK(now >= now_, "the pool asked for {} ns after {} ns", now.time_since_epoch().count(),
                 now_.time_since_epoch().count());
  const Instant due = next_change();
  if (due > now || due == kNever) {
    now_ = now;
    return std::nullopt;
  }
  now_ = due;
  if (pending_.empty() || pending_.front().at != due) return apply_churn();
  std::pop_heap(pending_.begin(), pending_.end(), later);
  const Pending pending = std::move(pending_.back());
  pending_.pop_back();
  if (!pending.is_end) return apply(pending.event, due);
  set_action(pending.event.exit, ExitAction::kRestore);  // churn goes on: its absences are not this action's to end
  drop_stale_ends();
  return ExitChange{pending.event.exit, ExitAction::kRestore, false};
}

bool Pool::later(const Pending& left, const Pending& right) {
  return left.at != right.at ? left.at > right.at : left.sequence > right.sequence;
}

Pool::Condition& Pool::condition(ExitId exit) {
  PINPROOF_CHECK(index_of(exit) < conditions_.size(), "exit {} of a pool of {}", index_of(exit), conditions_.size());
  return conditions_[index_of(exit)];
}

const Pool::Condition& Pool::condition(ExitId exit) const {
  PINPROOF_CHECK(index_of(exit) < conditions_.size(), "exit {} of a pool of {}", index_of(exit), conditions_.size());
  return conditions_[index_of(exit)];
}

void Pool::pass_to(Instant now) {
  PINPROOF_CHECK(now >= now_ && now <= next_change(), "at {} ns, between {} ns and a change due at {} ns",
                 now.time_since_epoch().count(), now_.time_since_epoch().count(),
                 next_change().time_since_epoch().count());
  now_ = now;
}

void Pool::set_action(ExitId exit, ExitAction action) {
  Condition& state = condition(exit);
  const bool was_up = is_up(state);
  state.action = action;
  ++state.generation;
  state.counted = false;
  if (was_up && !is_up(state)) --up_;
  if (!was_up && is_up(state)) ++up_;
}

void Pool::add_pending(Pending pending) {
  pending.sequence = sequence_++;
  pending_.push_back(pending);
  std::push_heap(pending_.begin(), pending_.end(), later);
}

void Pool::drop_stale_ends() {
  while (!pending_.empty() && pending_.front().is_end &&
         pending_.front().generation != condition(pending_.front().event.exit).generation) {
    std::pop_heap(pending_.begin(), pending_.end(), later);
    pending_.pop_back();
  }
}

ExitChange Pool::apply_churn() {
  const ChurnChange change = churn_->take();
  Condition& exit = condition(change.exit);
  const bool was_up = is_up(exit);
  exit.away = change.leaves;
  if (was_up && !is_up(exit)) --up_;
  if (!was_up && is_up(exit)) ++up_;
  return {change.exit, change.leaves ? ExitAction::kDrop : ExitAction::kRestore, change.leaves};
}

}  // namespace pinproof::sim
