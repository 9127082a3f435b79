// Marks of a timeline as they come, however many: what tells a story is kept as it is, and of the rest so many; beyond, those that are near
// to each other on a lane become one bin, which counts them. Bins double in width as the history grows, so that one pass is enough.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "reports/timeline.h"

namespace pinproof::conformance {

class TimelineMarks {
 public:
  void add(reports::TimelineMark mark);

  /// All of them, by their beginning.
  std::vector<reports::TimelineMark> take();

 private:
  bool tells_a_story(const reports::TimelineMark& mark) const;
  void crowd_together();
  void merge_buckets();

  std::vector<reports::TimelineMark> notable_;
  std::vector<reports::TimelineMark> plain_;
  std::int64_t width_ = 1;  // nanoseconds of a bin
};

/// Whether the mark stands for requests: one of them, or a bin's.
bool is_of_requests(const reports::TimelineMark& mark);

}  // namespace pinproof::conformance
