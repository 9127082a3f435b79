#include "conformance/judge/issued/ahead.h"

#include <algorithm>

namespace pinproof::conformance {

void Ahead::end_judged(const std::string& account, const std::string& session) {
  accounts_.at(account).ends.pop_front();
  const auto found = sessions_.find(session);
  found->second.pop_front();
  if (found->second.empty()) sessions_.erase(found);
}

// All were sent after `span` was, so that those overlap it which were sent before it was answered.
std::int64_t Ahead::overlapping(const Spans& spans, const Span& span) {
  return std::partition_point(spans.begin(), spans.end(), [&](const Span& other) { return !span.before(other); }) -
         spans.begin();
}

bool Ahead::may_end_during(const std::string& session, const Span& span) const {
  const auto found = sessions_.find(session);
  return found != sessions_.end() && overlapping(found->second, span) > 0;
}

std::int64_t Ahead::creations_during(const std::string& account, const Span& span) const {
  const auto found = accounts_.find(account);
  return found == accounts_.end() ? 0 : overlapping(found->second.creations, span);
}

std::int64_t Ahead::ends_during(const std::string& account, const Span& span) const {
  const auto found = accounts_.find(account);
  return found == accounts_.end() ? 0 : overlapping(found->second.ends, span);
}

}  // namespace pinproof::conformance
