// One request on the lane of an exit, held against what went before it there: the facts from which the rules about pacing decide.
//
// A lane is what shares one spacing: an exit, or an exit and a host, by the reading pacing_scope. Its slot is the instant from which the
// next request may start; where some request may or may not have taken one, the slot is an interval. The law of reference (C-PAC-1):
// start = max(now, slot), then slot = start + delay of the domain.
//
// The rules' triggers are disjoint, so that one violation fails one requirement: who owns a spacing that is too short, and a delay that
// is too long, stands in one place each, owner_of_short_gap() and owner_of_delay().
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "conformance/judge/facts/exchange.h"
#include "conformance/judge/facts/holding.h"

namespace pinproof::conformance {

/// How the header reads what the sources leave open about pacing; taken out of it once.
struct PacingTerms {
  enum class Law : std::uint8_t { kQueue, kGrowing, kOpen };  // kGrowing: linear or multiplicative

  explicit PacingTerms(const HistoryHeader& header);

  Law law = Law::kQueue;
  bool lane_by_host = false;      // pacing_scope=exit_and_domain
  bool still_at_ceiling = false;  // over_ceiling=still_900
  bool own_announced = true;      // what announced_delay allows
  bool next_announced = false;
  /// How far the time between two instants may be off: each of them may be, by the tolerance.
  Duration slack{};
  /// On a wall clock the way from the client to the upstream takes time, and that is no hold; under any other clock it takes none.
  bool transit_takes_time = false;
};

/// What pacing needs to know of one exchange.
struct PacedRequest {
  std::uint64_t id = 0;
  std::string session;  // issued id; empty: none, or not known
  std::string host;
  Duration spacing{};        // promised after a request to that host
  bool own_spacing = false;  // other than the default (C-PAC-2)
  Instant sent_at;           // the gateway has it from here on at the earliest …
  Instant arrived_by;  // … and from here on at the latest: behind another on its connection, once that one is answered
  Instant ended_at;
  std::uint64_t sent_order = 0;
  bool arrives_as_sent = false;  // at one instant, the client's order is the order of arrival
  Fate fate = Fate::kUnknown;
  AnswerEnd end = AnswerEnd::kComplete;
  int status = 0;
  bool retry_after = false;
  std::string error;                     // the gateway's code, where it gave one
  std::optional<std::string> announced;  // value of the header that tells the delay
  std::size_t attempts = 0;
  bool forwarded_again = false;  // though no attempt had failed
};

/// A request, or one more try of it, on its way through an exit.
struct Forward {
  std::shared_ptr<const PacedRequest> request;
  std::string_view exit;  // of the monitor's own table
  Instant placed_at;      // from when the gateway had it to send
  Instant from;           // it went out in here; one instant where upstreams are seen
  Instant to;
  bool retry = false;
  bool refused = false;    // nobody listened, so that nothing went through the exit
  bool too_early = false;  // found when judged: closer to the one before it than was promised

  Duration delay_low() const { return from - request->arrived_by; }
  Duration delay_high() const { return to - request->sent_at; }
};

/// What was known of the lane when the request came to it.
struct Placement {
  Instant slot_low;               // the lane is surely not free before
  Instant slot_high;              // and surely free from here on
  bool used = false;              // something went through it before
  bool built_up = false;          // a request has been held there since it was last free
  bool soft_reached = false;      // the request before it had a delay of the soft limit or more
  bool announced_before = false;  // a delay has been announced there since it was last free
  bool unsure = false;            // requests of whom nobody knows which lane they took may be in the way
  Instant other_slot;             // the latest slot of any other exit
  std::optional<Forward> before;  // the first try that was placed on it last
};

/// What the announced value may speak of, by the reading and by what the run has shown (announced_delay=inferred).
struct AnnouncedMeaning {
  bool own = true;
  bool next = true;
};

enum class Gap : std::uint8_t { kNone, kKept, kOpen, kShort };

struct PaceStep {
  const HistoryHeader& header;
  const PacingTerms& terms;
  const PacedRequest* request = nullptr;
  const Placement& placement;
  bool lane_known = true;
  const Forward* forward = nullptr;    // nothing: it never went out
  const Forward* previous = nullptr;   // the forward before it in time, on the same lane
  const Forward* overtaker = nullptr;  // surely sent after it, and forwarded before it
  bool perhaps_overtaken = false;      // by one of whom it is not known which of the two was sent first
  AnnouncedMeaning meaning{};

  /// Its first and only try, so that its delay and what is announced of it are one.
  bool only_try() const { return forward && !forward->retry && request->attempts == 1; }

  /// The spacing promised after `previous`; the smaller one of the two domains where the law does not say whose it is.
  Duration owed() const;
  Gap gap() const;
  Duration gap_low() const { return forward->from - previous->to; }
  Duration gap_high() const { return forward->to - previous->from; }
  /// Both it and the one before were held, and its delay is not the longer one (C-PAC-4).
  bool not_grown() const;
  /// The requirement that a gap kShort breaks; empty where the one before is the intruder.
  std::string_view owner_of_short_gap() const;

  /// The lane was surely free when it came.
  bool free() const;
  /// It came before the lane was surely free.
  bool over_limit() const;
  /// When it had to start at the latest, by the law; never where the law does not say.
  Instant due() const;
  /// What the way to the upstream may have taken of its delay: on a wall clock as much as a delay of the domain, so that a longer one is
  /// surely a hold.
  Duration transit_max() const { return terms.transit_takes_time ? request->spacing : Duration{}; }
  /// It started by then, as far as can be seen.
  bool prompt() const;
  /// It started later than that, by more than the way there takes, and nobody overtook it.
  bool too_late() const;
  /// The requirement that too_late() breaks.
  std::string_view owner_of_delay() const;
  bool over_ceiling() const;
};

/// The one surely reached the gateway before the other.
bool known_before(const PacedRequest& left, const PacedRequest& right, Duration slack);

/// "pacing_law=queue".
std::string reading_of(const HistoryHeader& header, std::string_view name);

}  // namespace pinproof::conformance
