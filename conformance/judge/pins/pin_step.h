// One request of a pinned session, held against one possible state of that session: the facts from which each requirement's rule
// decides. Rules are pure functions of a step; their triggers are disjoint, so that one violation fails one requirement.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "conformance/judge/facts/asked.h"
#include "conformance/judge/facts/exchange.h"
#include "conformance/judge/facts/exit_log.h"
#include "conformance/judge/facts/holding.h"

namespace pinproof::conformance {

/// A state that a session may be in.
struct Pin {
  std::string exit;      // empty: a request opened it, but through which exit is not known
  Instant started_from;  // the request that started the window arrived in here
  Instant started_to;
  Duration window{};
  std::uint64_t opened_by = 0;   // observation
  Moment opened_at = Instant();  // when that was answered
  std::uint64_t last_ok = 0;     // the latest answered through the exit
  Moment last_ok_sent = Instant();
  Moment last_ok_answered = Instant();
  Via last_via = Via::kPlain;
  std::string last_connection;
  bool repinned = false;
  bool announced = false;  // a re-pin has been announced, by announced_by
  std::uint64_t announced_by = 0;
  bool may_announce = false;  // the response that re-pinned it was cut: the next one may announce, or do so again
  bool vague = false;         // found after everything was possible: neither its beginning nor its re-pins are known
  bool contradicted = false;  // a request that no state allowed left this one and another possible
  Instant end_before_repin;   // the latest end that the window had before the re-pin
  bool broken_off = false;    // a request of it was cut off in flight: the next one is the re-pinned one
  Instant broken_off_at;      // what was sent before that may have come through
  std::uint64_t repins = 0;

  Instant ends_from() const { return started_from + window; }
  Instant ends_to() const { return started_to + window; }
};

enum class Life : std::uint8_t {
  kNone,     // there is no session
  kAlive,    // there is this one
  kOver,     // this one's window has ended
  kUnknown,  // anything: too many states were possible to keep them apart
};
enum class Loss : std::uint8_t { kNone, kPossible, kCertain };

struct PinStep {
  const HistoryHeader& header;
  const ExitLog& log;
  const Exchange& exchange;
  const Asked& asked;
  const Pin* prior = nullptr;
  Life life = Life::kNone;
  Duration room{};                // how much the intervals overlap the end of the window, where they do
  Loss loss = Loss::kNone;        // of the prior exit, since it last answered
  bool neighbour_lost = false;    // another exit was lost since, this one was not
  bool in_flight_loss = false;    // the exit that took this very request was lost under it
  bool stayed_up = false;         // the prior exit, since it last answered, whatever it broke off
  bool other_up = false;          // meanwhile: another exit that matches, told only where the prior one stayed up
  bool overlaps_opening = false;  // sent before the request that opened the session was answered
  std::size_t matching = 0;       // exits that match what was asked
  std::size_t matching_down = 0;  // of them, down all through this request
  bool tried_doubtful = false;    // one of those that are perhaps down or failing was tried
  std::size_t matching_doubtful =
      0;  // of them, perhaps down or failing meanwhile; counted only of a request that no exit served

  const Observation& seen() const { return exchange.seen; }
  bool through_exit() const {
    return (exchange.fate == Fate::kServed || exchange.fate == Fate::kCutShort) && !exchange.exit.empty();
  }
  bool changed() const { return prior && !prior->exit.empty() && exchange.exit != prior->exit; }
  bool alive() const { return life == Life::kAlive && prior && !prior->exit.empty(); }
  bool undisturbed() const { return loss == Loss::kNone && !neighbour_lost; }
  /// Whether the history's header knows of the exit.
  bool listed(const std::string& exit) const {
    return std::any_of(header.exits.begin(), header.exits.end(),
                       [&](const sim::Exit& known) { return known.address == exit; });
  }
  /// Refused for the account's limits or for its target (429, 403: field notes), before any session was looked at.
  bool refused_beforehand() const {
    return exchange.fate == Fate::kRefused && (seen().status == 429 || seen().status == 403);
  }
  bool exit_left() const { return matching_down < matching; }
  /// And none of those that are in doubt was tried: a request may fail there through no fault of the gateway's.
  bool exit_surely_left() const { return matching_doubtful < matching && !tried_doubtful; }
  /// Sent after the window had ended that a re-pin replaced (H-PIN-3).
  bool past_replaced_end() const { return prior && prior->repinned && seen().sent_at >= prior->end_before_repin; }
};

}  // namespace pinproof::conformance
