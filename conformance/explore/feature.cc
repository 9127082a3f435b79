#include "conformance/explore/feature.h"

#include <algorithm>
#include <utility>

#include "conformance/explore/coverage.h"

namespace pinproof::conformance {
namespace {

constexpr std::size_t kTransitions = kSessionStates * kSessionEvents;

std::string transition_name(std::size_t transition) {
  return std::string(to_string(static_cast<SessionState>(transition / kSessionEvents))) + "/" +
         std::string(to_string(static_cast<SessionEvent>(transition % kSessionEvents)));
}

Feature number(std::size_t value) { return static_cast<Feature>(value); }

}  // namespace

// In this order: transitions, pairs, boundaries, what comes after those, requirements.
FeatureSpace::FeatureSpace(const SmallWorld& world, std::vector<std::string> requirements)
    : boundaries_(boundary_names(world)), requirements_(std::move(requirements)) {
  std::sort(requirements_.begin(), requirements_.end());
}

std::size_t FeatureSpace::size() const { return requirement("") + requirements_.size(); }

Feature FeatureSpace::transition(std::size_t transition) const { return number(transition); }

Feature FeatureSpace::pair(std::size_t first, std::size_t second) const {
  return number(kTransitions + first * kTransitions + second);
}

Feature FeatureSpace::boundary(std::size_t boundary) const { return pair(kTransitions, 0) + number(boundary); }

Feature FeatureSpace::after_boundary(std::size_t boundary_waited, std::size_t transition) const {
  return boundary(boundaries_.size()) + number(boundary_waited * kTransitions + transition);
}

Feature FeatureSpace::requirement(const std::string& id) const {
  const auto found = std::lower_bound(requirements_.begin(), requirements_.end(), id);
  const bool known = id.empty() || (found != requirements_.end() && *found == id);
  const std::size_t place = known ? static_cast<std::size_t>(found - requirements_.begin()) : requirements_.size();
  return after_boundary(boundaries_.size(), 0) + number(place);
}

std::string FeatureSpace::name(Feature feature) const {
  const auto beyond = [feature](Feature begin) { return static_cast<std::size_t>(feature - begin); };
  if (const Feature begin = requirement(""); feature >= begin) return requirements_.at(beyond(begin));
  if (const Feature begin = after_boundary(0, 0); feature >= begin)
    return boundaries_[beyond(begin) / kTransitions] + " > " + transition_name(beyond(begin) % kTransitions);
  if (const Feature begin = boundary(0); feature >= begin) return boundaries_[beyond(begin)];
  if (const Feature begin = pair(0, 0); feature >= begin)
    return transition_name(beyond(begin) / kTransitions) + " > " + transition_name(beyond(begin) % kTransitions);
  return transition_name(feature);
}

}  // namespace pinproof::conformance
