// One request with everything that is known of it: what the client saw, what upstreams and origin saw, and what follows from that.
// The facts that monitors judge; made by the Assembler from a history's records.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "conformance/history/history.h"
#include "conformance/judge/facts/moment.h"

namespace pinproof::conformance {

/// What came of a request, in words that depend on no reading.
enum class Fate : std::uint8_t {
  kServed,    // the origin's answer, head and all
  kCutShort,  // the origin's answer, but not to its end
  kRefused,   // the gateway's own client error: a 4xx or 540
  kFailed,    // the gateway's own 5xx
  kClosed,    // closed without an answer
  kUnknown,   // the client stopped waiting: the gateway may or may not have taken it
};

struct Asked;

struct Exchange {
  Observation seen;
  std::shared_ptr<const Asked> asked;  // what its user name says; nothing where the dialect has none
  std::vector<UpstreamSaw> upstream;   // in order of time
  std::vector<OriginSaw> origin;
  bool upstream_visible = false;  // the capability is there: no record means that nothing happened
  bool origin_visible = false;

  Fate fate = Fate::kUnknown;
  std::string exit;        // that served it, as the origin saw it, else as the gateway claims; empty: unknown
  bool announced = false;  // the re-pin header, with its exact value, where it belongs
  bool announcement_malformed = false;  // the header is there with another value

  /// Nothing of the request reached an upstream or the origin, as far as those can be seen.
  bool reached_nothing() const { return upstream.empty() && origin.empty(); }
  Moment sent() const { return {seen.sent_at, seen.sent_order}; }
  Moment answered() const { return {seen.answered_at, seen.answered_order}; }
  /// The client's order tells where the head of the answer stands; only where that is all there was, also its end.
  Moment ended() const { return {seen.ended_at, seen.ended_at == seen.answered_at ? seen.answered_order : 0}; }
  /// Neither was answered before the other was sent. By the order of the client's own log where the history has it, else by the clock.
  bool overlaps(const Exchange& other) const;
  /// The exit that broke off after the request had gone out, or empty.
  std::string reset_by() const;
};

/// Shared, since some monitors keep an exchange until what overlaps it is known too.
using ExchangePtr = std::shared_ptr<const Exchange>;

/// Puts the derived fields in.
void derive(Exchange& exchange, const HistoryHeader& header);

}  // namespace pinproof::conformance
