// One request as the client sent it, held against what the origin saw of it: the facts from which the rules about forwarding decide.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "conformance/judge/facts/exchange.h"
#include "conformance/judge/facts/holding.h"

namespace pinproof::conformance {

enum class FieldFault : std::uint8_t {
  kCredentials,  // the proxy's credentials reached the origin
  kControl,      // a header meant for the gateway did
  kHopByHop,     // a header did that ends at the next hop
  kMissing,      // sent, and not seen
  kAltered,      // seen with another value
  kAdded,        // seen, and not sent
};

struct FieldDifference {
  FieldFault fault = FieldFault::kAltered;
  std::string name;
  std::string sent;  // values in order, joined as one field
  std::string seen;
};

struct ForwardStep {
  const HistoryHeader& header;
  const Exchange& exchange;
  const OriginSaw& saw;
  bool through_tunnel = false;  // the gateway saw bytes, not a request
  bool named_sessions =
      false;           // the dialect promises that a session carries nothing from one request to the next (H-NOT-2)
  bool whole = false;  // the request came to its end, so that its body can be held against what was sent
  std::vector<FieldDifference> differences;

  const Observation& sent() const { return exchange.seen; }
};

/// Fields of a head compared one by one; a head with more is hostile, and its leaks are looked for all the same.
inline constexpr std::size_t kFieldsCompared = 512;

ForwardStep forward_step_of(const HistoryHeader& header, const Exchange& exchange, const OriginSaw& saw);

/// "Cookie: k=v was not sent"; what differs, in words.
std::string words_of(const FieldDifference& difference);

}  // namespace pinproof::conformance
