// When something was sent and answered, as its client saw it: what happened at the gateway happened somewhere inside.
#pragma once

#include <cstdint>

#include "conformance/judge/facts/exchange.h"

namespace pinproof::conformance {

struct Span {
  Instant from;            // sent
  Instant to;              // answered
  Instant arrived;         // it had reached the gateway by then
  std::uint64_t sent = 0;  // in the client's own order of sends and answers; 0: not known
  std::uint64_t answered = 0;

  /// Answered before the other was sent. By the client's own order where the history has it, else by the clock.
  bool before(const Span& other) const {
    return answered != 0 && other.sent != 0 ? answered < other.sent : to < other.from;
  }
};

/// Of a request, until the head of its answer. What an upstream saw of it tells that it had arrived: a held answer
/// says nothing about when the idle window was started again (C-SES-7 counts from the arrival).
inline Span span_of(const Exchange& exchange, Duration tolerance) {
  const Observation& seen = exchange.seen;
  Span span{seen.sent_at, seen.answered_at, seen.answered_at, seen.sent_order, seen.answered_order};
  if (!exchange.upstream.empty()) span.arrived = std::min(span.arrived, exchange.upstream.front().at + tolerance);
  return span;
}

inline Span span_of(const ApiCall& call) {
  return {call.sent_at, call.answered_at, call.answered_at, call.sent_order, call.answered_order};
}

}  // namespace pinproof::conformance
