// Starts coroutines and keeps count of them, so that a server knows when it has stopped and no exception is lost.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

#include "mock_upstream/net/task.h"

namespace pinproof::mock_upstream {

/// Told of what should not have happened: a task that threw, a listener that could not come back. One line.
using Report = std::function<void(std::string_view what)>;

class Tasks {
 public:
  Tasks(Executor executor, Report report);

  /// Runs `task` to its end. `name` stands in the report when it throws, and is a literal.
  void start(std::string_view name, Task<> task);

  std::size_t running() const { return state_->running; }
  const Executor& executor() const { return executor_; }
  void report(std::string_view what) const { state_->report(what); }

 private:
  // Outlives this object as long as a task runs.
  struct State {
    std::size_t running = 0;
    Report report;
  };

  Executor executor_;
  std::shared_ptr<State> state_;
};

}  // namespace pinproof::mock_upstream
