#include "mock_upstream/site/journal.h"

#include <utility>

#include "sim/core/check.h"

namespace pinproof::mock_upstream {

std::string_view to_string(ExitSight sight) {
  switch (sight) {
    case ExitSight::kRefused:
      return "refused";
    case ExitSight::kForwarded:
      return "forwarded";
    case ExitSight::kAnswered:
      return "answered";
    case ExitSight::kFailed:
      return "failed";
    case ExitSight::kReset:
      return "reset";
    case ExitSight::kClosed:
      return "closed";
  }
  PINPROOF_CHECK(false, "a sight of {}", static_cast<int>(sight));
}

void Journal::append(sim::Instant at, std::variant<ExitSaw, OriginSaw> saw) {
  if (entries_.size() == entries_max_) entries_.pop_front();
  entries_.push_back({next_++, at, std::move(saw)});
}

}  // namespace pinproof::mock_upstream
