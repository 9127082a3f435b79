// A request's attempts at exits, put together from what upstreams saw of it. Where upstreams cannot be seen there is at most one, as the
// origin or the gateway's word tells it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "conformance/judge/facts/exchange.h"

namespace pinproof::conformance {

enum class AttemptEnd : std::uint8_t {
  kOpen,      // nothing more was seen of it
  kAnswered,  // the origin's answer went back, or began to
  kRefused,   // nobody listened: the request never went out
  kFailed,    // the exit gave its own error
  kReset,     // the exit broke off
  kClosed,    // the gateway gave it up
};

struct Attempt {
  std::string exit;
  Instant placed_at;  // when the gateway knew of it: the request's sending, or the end of the attempt before
  Instant from;       // it went out in here; one instant where upstreams are seen
  Instant to;
  AttemptEnd end = AttemptEnd::kOpen;

  /// The upstream failed it, so that a retry is one.
  bool failed() const { return end != AttemptEnd::kOpen && end != AttemptEnd::kAnswered; }
  /// The exit itself is gone, or was for a moment.
  bool lost() const { return end == AttemptEnd::kRefused || end == AttemptEnd::kReset; }
};

/// In the order in which they went out.
std::vector<Attempt> attempts_of(const Exchange& exchange);

}  // namespace pinproof::conformance
