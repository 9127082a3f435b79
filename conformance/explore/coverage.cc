#include "conformance/explore/coverage.h"

#include <algorithm>

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

Reached reached(const Coverage& coverage, const SmallWorld& world, const std::vector<std::string>& judged) {
  const std::size_t of = unreached(Coverage(world), world, judged).size();
  return {of - unreached(coverage, world, judged).size(), of};
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

}  // namespace pinproof::conformance
