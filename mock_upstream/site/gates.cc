#include "mock_upstream/site/gates.h"

#include <algorithm>
#include <utility>

namespace pinproof::mock_upstream {

Gates::Waiting::Waiting(Gates& gates, std::string token, Wakeup& wakeup)
    : gates_(gates), token_(std::move(token)), wakeup_(wakeup) {
  gates_.waiting_.emplace(token_, this);
}

Gates::Waiting::~Waiting() {
  const auto [begin, end] = gates_.waiting_.equal_range(token_);
  const auto found = std::find_if(begin, end, [this](const auto& each) { return each.second == this; });
  if (found != end) gates_.waiting_.erase(found);
}

bool Gates::release(const std::string& token) {
  if (open_.size() >= kReleasesMax) return false;
  open_.insert(token);
  // What wakes may end others that wait, so the table is looked at anew each time.
  for (auto found = waiting_.find(token); found != waiting_.end(); found = waiting_.find(token)) {
    Wakeup& wakeup = found->second->wakeup_;
    waiting_.erase(found);
    wakeup.fire();
  }
  return true;
}

}  // namespace pinproof::mock_upstream
