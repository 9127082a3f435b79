// Where on a timeline's width a moment stands, in percent. A short history is laid out moment by moment: what happened at one instant is told
// apart, and quiet stretches are shortened, since half an hour of waiting would leave no room for the second that matters. A long one is laid
// out in proportion to time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/timeline.h"

namespace pinproof::reports {

inline constexpr double kTimeScaleFrom = 2.0;  // percent: room for a mark's own width on either side
inline constexpr double kTimeScaleTo = 96.0;
inline constexpr std::size_t kTimeScaleMomentsMax = 80;  // more than that would not be readable one by one

struct TimeTick {
  double at = 0;  // percent
  std::string label;
};

class TimeScale {
 public:
  /// `moments` in any order, with repetitions.
  explicit TimeScale(std::vector<TimelineMoment> moments);

  /// Never decreases with the moment; what lies outside is put on the edge.
  double place(TimelineMoment moment) const;

  /// Whether equal stretches of time have equal widths.
  bool proportional() const { return proportional_; }

  /// Labels that do not run into each other at 720 pixels.
  std::vector<TimeTick> ticks() const;

 private:
  void lay_out_moments();
  double in_proportion(std::int64_t at) const;
  std::vector<std::int64_t> instants_to_label() const;

  std::vector<TimelineMoment> moments_;
  std::vector<double> places_;
  bool proportional_ = true;
};

/// Nanoseconds since the start as people read them: "0:29:59", "0:00:01.25".
std::string clock_text(std::int64_t nanoseconds);

/// A length of time: "30 min", "12 s", "1 min 30 s", "250 ms", "0 s".
std::string duration_text(std::int64_t nanoseconds);

}  // namespace pinproof::reports
