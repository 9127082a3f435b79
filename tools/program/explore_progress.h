// How far a search is, while it runs: on a terminal one line, redrawn in place and gone when it is over; elsewhere a line a minute, so that
// whoever watches a log of hours sees that it lives.
#pragma once

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "conformance/explore/explorer.h"
#include "tools/program/streams.h"

namespace pinproof::program {

class ExploreProgress {
 public:
  /// `judged`: the requirements that can be exercised.
  ExploreProgress(Streams& streams, const conformance::SmallWorld& world, std::vector<std::string> judged);
  ~ExploreProgress();
  ExploreProgress(const ExploreProgress&) = delete;
  ExploreProgress& operator=(const ExploreProgress&) = delete;

  void show(const conformance::SoFar& so_far);

 private:
  using Clock = std::chrono::steady_clock;

  Streams& streams_;
  const conformance::SmallWorld& world_;
  std::vector<std::string> judged_;
  bool drawn_ = false;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point shown_ = begun_;
};

/// "helodata: 2 findings in 12032 of 20000 cases (1306/s), covered 102 of 108, 312000 commands, 9120 virtual hours": what matters most is
/// not what a narrow terminal cuts off.
std::string progress_line(const conformance::SoFar& so_far, const std::string& dialect,
                          const conformance::Reached& reached, double seconds);

}  // namespace pinproof::program
