// How requests through one exit are spaced. Reference law (C-PAC-1): start = max(now, slot); the request is held for start - now; then
// slot = start + delay of its domain. Other laws are values of the rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/exit.h"
#include "sim/core/lookup_table.h"
#include "sim/core/time.h"
#include "sim/gateway/rules.h"

namespace pinproof::sim {

/// What pacing says of one request.
struct Paced {
  Instant start;         // when it may go out
  Duration delay{};      // start - now
  Duration next{};       // the delay that a request right after it would have
  bool refused = false;  // over the ceiling: it takes no slot
};

class Pacer {
 public:
  /// Keeps a reference: the rules outlive the pacer.
  explicit Pacer(const PacingRules& rules) : rules_(rules) {}

  bool active() const { return rules_.delay > Duration::zero(); }

  /// The spacing that a request to this host asks for: the narrowest domain that the rules list, or the default (C-PAC-2).
  Duration delay_of(std::string_view host) const;

  /// Takes the next slot of the lane for a request that arrives now. `session` tells lanes apart only where the rules pace sessions.
  Paced take(ExitId exit, std::string_view host, std::uint64_t session, Instant now);

  /// When the exit's next slot is; an instant not after now means that it is free.
  Instant free_at(ExitId exit) const;

 private:
  struct Lane {
    Instant slot = kStart;
    std::uint32_t over = 0;  // requests over the limit since the lane was last free
  };
  struct KeyedLane {
    std::string key;
    Lane lane;
  };

  Lane& lane_of(ExitId exit, std::string_view host, std::uint64_t session, Instant now);
  void forget_free_lanes(Instant now);
  bool recovers(const Lane& lane, Instant now) const;
  Duration delay_by_law(Lane& lane, Duration spacing, Instant now) const;

  const PacingRules& rules_;
  std::vector<Lane> by_exit_;
  std::vector<KeyedLane> by_key_;  // where an exit alone does not name the lane
  LookupTable<std::string, std::uint32_t> keys_;
  std::size_t lanes_to_keep_ = 1024;  // before looking for those that are free again
};

}  // namespace pinproof::sim
