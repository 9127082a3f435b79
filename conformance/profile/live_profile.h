// A profile as a target that is there: connected to, with the controls that it gives.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "conformance/live/live_target.h"
#include "conformance/profile/found_profile.h"

namespace pinproof::conformance {

struct ConnectOptions {
  /// No scenario may wait for longer on the wall clock; nothing, and on a controlled clock: as long as it likes.
  std::optional<Duration> time_max;
  /// Once true, whatever the target waits for is given up; null: never.
  const std::atomic<bool>* stop = nullptr;
  /// Told of what should not have happened, a line each; null: nobody is.
  std::function<void(std::string_view)> report;
};

/// Lists the exits and tries to connect to the gateway; why it cannot be, in words, without secrets.
std::variant<std::unique_ptr<Target>, std::string> connect(const FoundProfile& found, const ConnectOptions& options);

}  // namespace pinproof::conformance
