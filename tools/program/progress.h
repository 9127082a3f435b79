// The line on a terminal that says how far a run is: done, rate, time left. Redrawn in place, and gone when the run is over.
#pragma once

#include <chrono>
#include <cstddef>
#include <ostream>
#include <string_view>

namespace pinproof::program {

class Progress {
 public:
  /// Nothing is ever written where `shown` is false.
  Progress(std::ostream& err, bool shown, std::size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// One more is done; `what` is shown, escaped.
  void done(std::string_view what);

 private:
  using Clock = std::chrono::steady_clock;

  std::ostream& err_;
  bool shown_;
  std::size_t total_;
  std::size_t done_ = 0;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point drawn_{};
};

}  // namespace pinproof::program
