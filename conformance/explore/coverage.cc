#include "conformance/explore/coverage.h"

#include <algorithm>
#include <charconv>

namespace pinproof::conformance {
namespace {

constexpr std::array<std::string_view, kSessionStates> kStateWords{"none",  "alive", "exit lost",
                                                                   "moved", "over",  "ended"};
constexpr std::array<std::string_view, kSessionEvents> kEventWords{
    "request",    "connect",     "overlapping", "failed", "own drop",
    "other drop", "own restore", "own trouble", "list",   "delete"};

std::string offset_words(Duration offset) {
  if (offset == Duration::zero()) return {};
  return (offset < Duration::zero() ? " -" : " +") + sim::format_duration(offset < Duration::zero() ? -offset : offset);
}

}  // namespace

std::string_view to_string(SessionState state) { return kStateWords[static_cast<std::size_t>(state)]; }
std::string_view to_string(SessionEvent event) { return kEventWords[static_cast<std::size_t>(event)]; }

bool reachable(const SmallWorld& world, SessionState state, SessionEvent event) {
  // An issued session never moves, and of one that is not there yet nothing is known but what is asked for.
  if (state == SessionState::kMoved && world.issues_sessions) return false;
  const bool calls = event == SessionEvent::kList || event == SessionEvent::kDelete;
  if (calls) return world.has_api;
  const bool needs_exit = event == SessionEvent::kOwnDrop || event == SessionEvent::kOwnTrouble ||
                          event == SessionEvent::kOwnRestore || event == SessionEvent::kOtherDrop ||
                          event == SessionEvent::kOverlapping;
  return !needs_exit || (state != SessionState::kNone && state != SessionState::kEnded);
}

std::vector<std::string> unreached(const Coverage& coverage, const SmallWorld& world,
                                   const std::vector<std::string>& judged) {
  std::vector<std::string> lacking;
  for (std::size_t state = 0; state < kSessionStates; ++state) {
    for (std::size_t event = 0; event < kSessionEvents; ++event) {
      const auto of_state = static_cast<SessionState>(state);
      const auto of_event = static_cast<SessionEvent>(event);
      if (!reachable(world, of_state, of_event) || coverage.transitions[state][event] > 0) continue;
      lacking.push_back(std::string(to_string(of_event)) + " of a session that is " + std::string(to_string(of_state)));
    }
  }
  for (const std::string& requirement : judged) {
    if (!coverage.requirements.contains(requirement)) lacking.push_back(requirement);
  }
  const std::vector<std::string> names = boundary_names(world);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (coverage.boundaries.at(i) == 0) lacking.push_back("a wait to " + names[i]);
  }
  return lacking;
}

std::vector<std::string> exercisable(const Catalogue& catalogue, const TargetDescription& target) {
  // Sessions by the thousand, two runs held against each other, and broken bytes: each has a harness of its own.
  constexpr std::array<std::string_view, 3> kElsewhere{"H-POOL-1", "G-2", "G-3"};
  const auto dialect = parse_requirement_dialect(target.dialect);
  std::vector<std::string> ids;
  for (const Requirement& one : catalogue.requirements) {
    if (!one.untestable.empty() || (dialect && !one.applies_to(*dialect))) continue;
    if (std::find(kElsewhere.begin(), kElsewhere.end(), one.id) != kElsewhere.end()) continue;
    const bool able = std::all_of(kAllCapabilities.begin(), kAllCapabilities.end(), [&](Capability capability) {
      return !one.needs.has(capability) || target.capabilities.has(capability);
    });
    if (able) ids.push_back(one.id);
  }
  return ids;
}

std::vector<std::string> boundary_names(const SmallWorld& world) {
  std::vector<std::string> names;
  for (std::size_t span = world.boundaries; span < world.spans.size(); ++span) {
    for (const Duration offset : world.offsets) names.push_back(world.spans[span].name + offset_words(offset));
  }
  return names;
}

Coverage::Coverage(const SmallWorld& world)
    : boundaries((world.spans.size() - world.boundaries) * world.offsets.size()) {}

void Coverage::add(const Coverage& other) {
  for (std::size_t state = 0; state < kSessionStates; ++state) {
    for (std::size_t event = 0; event < kSessionEvents; ++event)
      transitions[state][event] += other.transitions[state][event];
  }
  for (const auto& [requirement, times] : other.requirements) requirements[requirement] += times;
  for (std::size_t i = 0; i < boundaries.size() && i < other.boundaries.size(); ++i)
    boundaries[i] += other.boundaries[i];
  cases += other.cases;
  steps += other.steps;
  left_out += other.left_out;
  time += other.time;
}

CoverageWatch::CoverageWatch(const SmallWorld& world) : world_(world), coverage_(world), sessions_(world.keys.size()) {}

void CoverageWatch::begin(const Lowered& lowered) {
  lowered_ = &lowered;
  std::fill(sessions_.begin(), sessions_.end(), Session{});
  used_.clear();
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

void CoverageWatch::count(SessionState state, SessionEvent event) {
  ++coverage_.transitions[static_cast<std::size_t>(state)][static_cast<std::size_t>(event)];
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
  const bool served = !seen.exit_by_origin.empty();
  count(state, seen.via == Via::kConnect ? SessionEvent::kConnect : SessionEvent::kRequest);
  if (session.answered_order != 0 && seen.sent_order < session.answered_order) count(state, SessionEvent::kOverlapping);
  session.answered_order = std::max(session.answered_order, seen.answered_order);
  if (!served) {
    count(state, SessionEvent::kFailed);
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
  for (const std::uint8_t key : used_) {
    Session& session = sessions_[key];
    if (session.exit.empty()) continue;
    const SessionState state = state_at(key, acted.at);
    const bool own = session.exit == acted.exit;
    if (acted.action == sim::ExitAction::kDrop) {
      count(state, own ? SessionEvent::kOwnDrop : SessionEvent::kOtherDrop);
      if (own && (state == SessionState::kAlive || state == SessionState::kMoved))
        session.state = SessionState::kExitLost;
    } else if (own) {
      count(state, acted.action == sim::ExitAction::kRestore ? SessionEvent::kOwnRestore : SessionEvent::kOwnTrouble);
    }
  }
}

void CoverageWatch::called(const ApiCall& call) {
  if (call.credentials != CredentialFault::kNone) return;
  if (call.operation == ApiOperation::kList) {
    for (const std::uint8_t key : used_) count(state_at(key, call.sent_at), SessionEvent::kList);
    if (used_.empty()) count(SessionState::kNone, SessionEvent::kList);
    return;
  }
  const int found = key_of(call.label);
  if (found < 0) return;
  const auto key = static_cast<std::size_t>(found);
  if (call.operation == ApiOperation::kDelete) {
    count(state_at(key, call.sent_at), SessionEvent::kDelete);
    if (call.status < 400) sessions_[key].state = SessionState::kEnded;
  }
}

void CoverageWatch::end(const Commands& commands, const Lowered& lowered, const std::vector<std::size_t>& left_out,
                        const Judgement& judgement, Instant now) {
  for (const auto& [requirement, verdict] : judgement.requirements) {
    if (verdict == Verdict::kPass || verdict == Verdict::kFail) ++coverage_.requirements[requirement];
  }
  for (const auto& [requirement, sample] : judgement.samples) ++coverage_.requirements[requirement];
  for (std::size_t step = 0; step < lowered.commands.size(); ++step) {
    const Command& command = commands[lowered.commands[step]];
    if (command.verb != Verb::kWait || command.span < world_.boundaries) continue;
    if (std::find(left_out.begin(), left_out.end(), step) != left_out.end()) continue;
    ++coverage_.boundaries[(command.span - world_.boundaries) * world_.offsets.size() + command.offset];
  }
  ++coverage_.cases;
  coverage_.steps += lowered.scenario.steps.size();
  coverage_.left_out += left_out.size();
  coverage_.time += now - sim::kStart;
}

}  // namespace pinproof::conformance
