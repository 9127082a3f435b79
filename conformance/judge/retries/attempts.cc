#include "conformance/judge/retries/attempts.h"

#include <algorithm>

namespace pinproof::conformance {
namespace {

AttemptEnd end_of(UpstreamEvent event) {
  switch (event) {
    case UpstreamEvent::kForwarded:
      return AttemptEnd::kOpen;
    case UpstreamEvent::kAnswered:
      return AttemptEnd::kAnswered;
    case UpstreamEvent::kRefused:
      return AttemptEnd::kRefused;
    case UpstreamEvent::kFailed:
      return AttemptEnd::kFailed;
    case UpstreamEvent::kReset:
      return AttemptEnd::kReset;
    case UpstreamEvent::kClosed:
      return AttemptEnd::kClosed;
  }
  return AttemptEnd::kOpen;
}

// An exit that fails a request may journal only that, or the request's coming too: one attempt either way.
bool begins(const UpstreamSaw& saw, bool open_there) {
  if (saw.event == UpstreamEvent::kForwarded || saw.event == UpstreamEvent::kRefused) return true;
  return saw.event == UpstreamEvent::kFailed && !open_there;
}

std::vector<Attempt> as_upstreams_saw(const Exchange& exchange) {
  std::vector<Attempt> attempts;
  Instant known = exchange.seen.sent_at;
  for (const UpstreamSaw& saw : exchange.upstream) {
    const auto open = std::find_if(attempts.rbegin(), attempts.rend(), [&](const Attempt& attempt) {
      return attempt.exit == saw.exit && attempt.end == AttemptEnd::kOpen;
    });
    if (begins(saw, open != attempts.rend())) {
      attempts.push_back({saw.exit, known, saw.at, saw.at, end_of(saw.event)});
    } else if (open != attempts.rend()) {
      open->end = end_of(saw.event);
    }
    known = saw.at;
  }
  return attempts;
}

}  // namespace

std::vector<Attempt> attempts_of(const Exchange& exchange) {
  if (exchange.upstream_visible) return as_upstreams_saw(exchange);
  const Observation& seen = exchange.seen;
  if (!exchange.origin.empty()) {
    const OriginSaw& saw = exchange.origin.front();
    return {{saw.from, seen.sent_at, saw.at, saw.at, AttemptEnd::kAnswered}};
  }
  const bool through = exchange.fate == Fate::kServed || exchange.fate == Fate::kCutShort;
  if (!through || exchange.exit.empty()) return {};
  return {{exchange.exit, seen.sent_at, seen.sent_at, seen.answered_at, AttemptEnd::kAnswered}};
}

}  // namespace pinproof::conformance
