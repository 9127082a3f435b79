// What a case is kept for: the things that it exercised, each as a small number. A feature is what the table of coverage counts (an event
// that met a state of a session, a requirement that was judged, a boundary that was waited for), and beyond that what the table has no room
// for: two events of one session after each other, and an event right after a wait to a boundary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "conformance/explore/small_world.h"

namespace pinproof::conformance {

using Feature = std::uint32_t;

/// The numbers of all features of a world, without gaps, and their names, which mean the same in every run.
class FeatureSpace {
 public:
  /// `requirements`: ids that a judgement may speak of.
  FeatureSpace(const SmallWorld& world, std::vector<std::string> requirements);

  std::size_t size() const;

  /// `transition`: state times kSessionEvents and event, as are all below.
  Feature transition(std::size_t transition) const;
  Feature pair(std::size_t first, std::size_t second) const;
  /// `boundary`: by span and offset, as Coverage::boundaries.
  Feature boundary(std::size_t boundary) const;
  Feature after_boundary(std::size_t boundary, std::size_t transition) const;
  /// By place in `requirements`; one that is not there: size().
  Feature requirement(const std::string& id) const;

  /// "alive/own drop", "alive/own drop > exit lost/request", "window -1s", "window -1s > over/request", "H-PIN-1".
  std::string name(Feature feature) const;

 private:
  std::vector<std::string> boundaries_;
  std::vector<std::string> requirements_;  // sorted
};

}  // namespace pinproof::conformance
