#include "conformance/explore/coverage_watch.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace pinproof::conformance {

CoverageWatch::CoverageWatch(const SmallWorld& world, std::vector<std::string> requirements)
    : world_(world),
      space_(world, std::move(requirements)),
      coverage_(world),
      noted_(space_.size()),
      sessions_(world.keys.size()) {}

void CoverageWatch::begin(const Commands& commands, const Lowered& lowered) {
  commands_ = &commands;
  lowered_ = &lowered;
  std::fill(sessions_.begin(), sessions_.end(), Session{});
  used_.clear();
  features_.clear();
  waited_.reset();
  ++case_;
}

// "r3" and "r3[2]" are the third thing sent.
int CoverageWatch::key_of(const std::string& label) const {
  std::size_t number = 0;
  if (label.size() < 2) return -1;
  std::from_chars(label.data() + 1, label.data() + label.size(), number);
  if (number == 0 || number > lowered_->keys.size()) return -1;
  const std::uint8_t key = lowered_->keys[number - 1];
  return world_.keys[key].kind == KeyKind::kSticky ? key : -1;
}

SessionState CoverageWatch::state_at(std::size_t key, Instant at) const {
  const Session& session = sessions_[key];
  if (session.state == SessionState::kNone || session.state == SessionState::kEnded) return session.state;
  const auto& window = world_.keys[key].window;
  const Instant from = world_.issues_sessions ? session.last : session.opened;
  return window && at >= from + *window ? SessionState::kOver : session.state;
}

void CoverageWatch::note(Feature feature) {
  if (feature >= noted_.size() || std::exchange(noted_[feature], case_) == case_) return;
  features_.push_back(feature);
}

void CoverageWatch::count(SessionState state, SessionEvent event, Session* session) {
  ++coverage_.transitions[static_cast<std::size_t>(state)][static_cast<std::size_t>(event)];
  const std::size_t transition = static_cast<std::size_t>(state) * kSessionEvents + static_cast<std::size_t>(event);
  note(space_.transition(transition));
  if (waited_) note(space_.after_boundary(*waited_, transition));
  if (session == nullptr) return;
  if (const auto before = std::exchange(session->before, transition)) note(space_.pair(*before, transition));
}

std::optional<std::size_t> CoverageWatch::boundary_at(std::size_t step) const {
  if (step >= lowered_->commands.size()) return std::nullopt;
  const Command& command = (*commands_)[lowered_->commands[step]];
  if (command.verb != Verb::kWait || command.span < world_.boundaries) return std::nullopt;
  return (command.span - world_.boundaries) * world_.offsets.size() + command.offset;
}

// "/steps/7" and "/steps/7/parallel/1" come right after step 6.
std::optional<std::size_t> CoverageWatch::waited_before(const std::string& pointer) const {
  constexpr std::string_view kSteps = "/steps/";
  std::size_t step = 0;
  if (!pointer.starts_with(kSteps)) return std::nullopt;
  std::from_chars(pointer.data() + kSteps.size(), pointer.data() + pointer.size(), step);
  return step == 0 ? std::nullopt : boundary_at(step - 1);
}

void CoverageWatch::record(const Record& record) {
  if (const auto* const one = std::get_if<Observation>(&record)) return seen(*one);
  if (const auto* const one = std::get_if<ExitActed>(&record)) return acted(*one);
  if (const auto* const one = std::get_if<ApiCall>(&record)) return called(*one);
}

void CoverageWatch::seen(const Observation& seen) {
  const int found = key_of(seen.label);
  if (found < 0 || seen.credentials != CredentialFault::kNone) return;
  const auto key = static_cast<std::size_t>(found);
  Session& session = sessions_[key];
  if (std::find(used_.begin(), used_.end(), key) == used_.end()) used_.push_back(static_cast<std::uint8_t>(key));
  const SessionState state = state_at(key, seen.sent_at);
  waited_ = waited_before(seen.step);
  const bool served = !seen.exit_by_origin.empty();
  count(state, seen.via == Via::kConnect ? SessionEvent::kConnect : SessionEvent::kRequest, &session);
  if (session.answered_order != 0 && seen.sent_order < session.answered_order)
    count(state, SessionEvent::kOverlapping, &session);
  session.answered_order = std::max(session.answered_order, seen.answered_order);
  if (!served) {
    count(state, SessionEvent::kFailed, &session);
    if (seen.status >= 400 && seen.status < 500 && state != SessionState::kNone) session.state = SessionState::kEnded;
    return;
  }
  const bool same = session.exit == seen.exit_by_origin;
  if (state == SessionState::kAlive || state == SessionState::kExitLost || state == SessionState::kMoved) {
    if (!same) {
      session.state = SessionState::kMoved;
      session.opened = seen.sent_at;
    }
  } else {
    session.state = SessionState::kAlive;
    session.opened = seen.sent_at;
  }
  session.exit = seen.exit_by_origin;
  session.last = seen.sent_at;
}

void CoverageWatch::acted(const ExitActed& acted) {
  waited_.reset();
  for (const std::uint8_t key : used_) {
    Session& session = sessions_[key];
    if (session.exit.empty()) continue;
    const SessionState state = state_at(key, acted.at);
    const bool own = session.exit == acted.exit;
    if (acted.action == sim::ExitAction::kDrop) {
      count(state, own ? SessionEvent::kOwnDrop : SessionEvent::kOtherDrop, &session);
      if (own && (state == SessionState::kAlive || state == SessionState::kMoved))
        session.state = SessionState::kExitLost;
    } else if (own) {
      count(state, acted.action == sim::ExitAction::kRestore ? SessionEvent::kOwnRestore : SessionEvent::kOwnTrouble,
            &session);
    }
  }
}

void CoverageWatch::called(const ApiCall& call) {
  if (call.credentials != CredentialFault::kNone) return;
  waited_ = waited_before(call.step);
  if (call.operation == ApiOperation::kList) {
    for (const std::uint8_t key : used_) count(state_at(key, call.sent_at), SessionEvent::kList, &sessions_[key]);
    if (used_.empty()) count(SessionState::kNone, SessionEvent::kList, nullptr);
    return;
  }
  const int found = key_of(call.label);
  if (found < 0) return;
  const auto key = static_cast<std::size_t>(found);
  if (call.operation == ApiOperation::kDelete) {
    count(state_at(key, call.sent_at), SessionEvent::kDelete, &sessions_[key]);
    if (call.status < 400) sessions_[key].state = SessionState::kEnded;
  }
}

void CoverageWatch::end(const std::vector<std::size_t>& left_out, const Judgement& judgement, Instant now) {
  const auto judged = [this](const std::string& requirement) {
    ++coverage_.requirements[requirement];
    note(space_.requirement(requirement));
  };
  for (const auto& [requirement, verdict] : judgement.requirements) {
    if (verdict == Verdict::kPass || verdict == Verdict::kFail) judged(requirement);
  }
  for (const auto& [requirement, sample] : judgement.samples) judged(requirement);
  for (std::size_t step = 0; step < lowered_->commands.size(); ++step) {
    const auto boundary = boundary_at(step);
    if (!boundary || std::find(left_out.begin(), left_out.end(), step) != left_out.end()) continue;
    ++coverage_.boundaries[*boundary];
    note(space_.boundary(*boundary));
  }
  ++coverage_.cases;
  coverage_.steps += lowered_->scenario.steps.size();
  coverage_.left_out += left_out.size();
  coverage_.time += std::chrono::floor<std::chrono::seconds>(now - sim::kStart);
}

}  // namespace pinproof::conformance
