// A timeline laid out: which mark stands where, so that none hides another while there is room. Knows nothing of SVG; timeline_svg.h draws it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "reports/html/html_context.h"
#include "reports/html/time_scale.h"
#include "reports/timeline.h"

namespace pinproof::reports {

/// The width at which marks are kept apart. A window that is narrower scrolls; one that is wider has more room between them.
inline constexpr double kTimelineWidth = 720.0;

/// A: the first exit of the timeline; Z: the 26th; A2: the 27th.
std::string exit_label(std::int32_t exit);

struct PlacedMark {
  const TimelineMark* mark = nullptr;
  double at = 0;           // percent
  double until = 0;        // percent: where the answer came
  double held_until = 0;   // percent: where the gateway let it go on; `at` where it did so at once
  std::size_t row = 0;     // of its lane
  double width = 0;        // pixels, of the mark itself
  std::string label;       // in it
  std::string flag;        // beside it: the requirements that it is evidence of, where it broke them; empty: none
  std::string flag_tone;   // the verdict of those
  bool flag_left = false;  // there is no room on the right
};

struct PlacedLane {
  const TimelineLane* lane = nullptr;
  std::size_t rows = 1;
  std::vector<PlacedMark> marks;
  std::vector<const TimelineBand*> bands;  // all but those of requests that were held: these are the marks' own
};

struct TimelineLayout {
  TimeScale scale;
  std::vector<PlacedLane> lanes;  // exits and calls below sessions
};

/// The marks refer into `timeline`, which outlives the layout.
TimelineLayout lay_out(const Timeline& timeline,
                       const std::map<std::uint64_t, std::vector<HtmlAccusation>>& accusations);

}  // namespace pinproof::reports
