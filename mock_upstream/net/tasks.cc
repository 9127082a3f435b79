#include "mock_upstream/net/tasks.h"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

namespace pinproof::mock_upstream {

Tasks::Tasks(Executor executor, Report report)
    : executor_(std::move(executor)), state_(std::make_shared<State>(State{0, std::move(report)})) {}

void Tasks::start(std::string_view name, Task<> task) {
  ++state_->running;
  asio::co_spawn(executor_, std::move(task), [state = state_, name](std::exception_ptr thrown) {
    --state->running;
    if (!thrown) return;
    try {
      std::rethrow_exception(thrown);
    } catch (const std::exception& error) {
      state->report(fmt::format("{}: {}", name, error.what()));
    } catch (...) {
      state->report(fmt::format("{}: an exception of unknown type", name));
    }
  });
}

}  // namespace pinproof::mock_upstream
