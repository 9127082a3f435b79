// The lanes of all exits as their requests come: who goes before whom, and which slot is the next. Requests are placed in the order in which
// the gateway had them to send, which is the order of sending, and a retry's when its try before had failed.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "conformance/judge/pacing/pace_step.h"

namespace pinproof::conformance {

struct Lane {
  // As requests come.
  Instant slot_low;
  Instant slot_high;
  bool used = false;
  bool built_up = false;
  bool soft_reached = false;
  bool announced = false;
  std::optional<Forward> before;
  // As requests go out.
  std::optional<Forward> last;          // whatever went out last
  std::optional<Forward> last_through;  // what was not refused
  std::optional<Forward> latest_sent;   // of the first tries that have gone out, the one that was sent last
};

class LaneBook {
 public:
  LaneBook(const HistoryHeader& header, const PacingTerms& terms) : header_(header), terms_(terms) {}

  Lane& lane_of(std::string_view exit, std::string_view host, Instant now);

  /// What the request finds at that instant.
  Placement placement(const Lane& lane, std::string_view exit, Instant at) const;
  /// The request goes out as seen, and takes its slot.
  void take(Lane& lane, const Forward& forward);
  /// A request, or a try of one, that the gateway had from then on and that was not seen to go out may have taken a slot all the same.
  void perhaps_take(Lane& lane, Instant from, Duration spacing);
  /// The same on a lane that nobody knows.
  void perhaps_take_any(Instant from, Duration spacing);

 private:
  /// Lanes kept; beyond it those that have long been free are forgotten: a host may be any that clients think of.
  static constexpr std::size_t kLanesMax = 100'000;

  struct Busy {
    std::string_view exit;
    Instant until;
  };

  void note_busy(std::string_view exit, Instant until);

  const HistoryHeader& header_;
  const PacingTerms& terms_;
  std::unordered_map<std::string, Lane> lanes_;
  std::string key_;      // of the look-up, kept for its memory
  Busy busiest_;         // the exit whose slot is the latest
  Busy second_busiest_;  // and of the others
  Instant unsure_until_;
};

}  // namespace pinproof::conformance
