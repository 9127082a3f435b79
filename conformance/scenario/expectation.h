// What a scenario expects, as data. An expectation is input to the judge, not a second judge: the player writes it
// into the history and the judge rules on it there.
//
// With a requirement id it asserts and can fail that requirement only; without one it is a precondition, and the
// scenario is `setup_fail` when it is not met. The words do not depend on a reading: `refused`, not 400.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/core/exit.h"
#include "sim/core/time.h"

namespace pinproof::conformance {

using sim::Duration;
using sim::Instant;

enum class Outcome : std::uint8_t {
  kServed,         // the origin's answer, whole
  kRefused,        // a client error (4xx, or 540) of the gateway's own, and nothing reached an upstream
  kUpstreamError,  // 502, 503 or 504, or a close before the answer was whole; never a cut body passed off as whole
  kUnavailable,    // 502 or 503
  kDelayRefused,   // 503 with Retry-After and nothing forwarded
};

/// Bounds, both included; an absent one does not bind.
template <class T>
struct Bounds {
  std::optional<T> at_least;
  std::optional<T> at_most;
  bool operator==(const Bounds&) const = default;
};

/// Observations are named by label; a burst's are "label[1]" … "label[N]", and "label" alone names all of them.
using Labels = std::vector<std::string>;

struct OutcomeCheck {
  Outcome outcome;
  bool operator==(const OutcomeCheck&) const = default;
};
struct StatusCheck {
  std::vector<int> any_of;
  bool operator==(const StatusCheck&) const = default;
};
/// Whether the re-pin is announced, with the exact value; for CONNECT on the gateway's own reply to CONNECT (H-PIN-8).
struct RepinnedCheck {
  bool announced;
  bool operator==(const RepinnedCheck&) const = default;
};
struct ErrorCodeCheck {
  std::vector<std::string> any_of;
  bool operator==(const ErrorCodeCheck&) const = default;
};

struct HeaderCheck {
  std::string name;
  bool on_connect = false;  // on the reply to CONNECT instead of the answer itself
  std::optional<bool> present;
  std::optional<std::string> equals;
  std::optional<Bounds<std::int64_t>> integer;
  bool operator==(const HeaderCheck&) const = default;
};

/// Any of the fields that are set must hold.
struct ExitCheck {
  Labels same_as;
  Labels different_from;  // from each of them
  std::optional<sim::ExitFilter> in;
  bool operator==(const ExitCheck&) const = default;
};

/// Over all the subject's observations together.
struct DistinctExitsCheck {
  Bounds<std::int64_t> count;
  bool operator==(const DistinctExitsCheck&) const = default;
};
/// From sending to the head of the answer.
struct DelayCheck {
  Bounds<Duration> delay;
  bool operator==(const DelayCheck&) const = default;
};
/// Between consecutive forwards of the subject's requests, measured at the upstream (C-PAC-1).
struct SpacingCheck {
  Bounds<Duration> gap;
  bool operator==(const SpacingCheck&) const = default;
};
/// How often upstreams were tried for the request, refused connections included.
struct AttemptsCheck {
  Bounds<std::int64_t> count;
  bool operator==(const AttemptsCheck&) const = default;
};
/// Of how many of the subject's observations something holds: "exactly one of these announces a re-pin".
struct CountCheck {
  std::optional<bool> repinned;
  std::optional<Outcome> outcome;
  Bounds<std::int64_t> count;
  bool operator==(const CountCheck&) const = default;
};

struct BodyCheck {
  std::optional<std::uint64_t> bytes;
  std::optional<bool> whole;
  bool operator==(const BodyCheck&) const = default;
};

/// The header that tells the delay to come (X-Crawlera-Next-Request-In), in whole seconds.
struct AnnouncedDelayCheck {
  std::optional<bool> present;
  Bounds<std::int64_t> seconds;
  bool agrees_with_delay = false;  // equals the delay served, rounded up, within tolerance
  bool operator==(const AnnouncedDelayCheck&) const = default;
};

/// An issued session id in the answer.
struct SessionIdCheck {
  std::optional<bool> issued;
  Labels same_as;
  Labels different_from;
  bool operator==(const SessionIdCheck&) const = default;
};

/// The answer to a listing of sessions.
struct ListedCheck {
  Labels contains;  // the sessions those observations used or were given
  Labels lacks;
  Labels exit_of;  // listed, with the exit that the origin saw for that observation
  std::optional<Bounds<std::int64_t>> count;
  Labels repinned = {};      // listed as re-pinned (H-EXT-3)
  Labels not_repinned = {};  // listed, and not as re-pinned
  bool operator==(const ListedCheck&) const = default;
};

/// What the origin saw of the request (G-1, H-NOT-2).
struct OriginCheck {
  std::optional<bool> reached;
  std::optional<std::string> method;
  std::vector<std::pair<std::string, std::string>> headers;  // present with that value
  std::vector<std::string> absent;                           // names, or "Prefix-*"
  std::optional<std::uint64_t> body_bytes;
  bool body_unchanged = false;
  bool operator==(const OriginCheck&) const = default;
};

using Check = std::variant<OutcomeCheck, StatusCheck, RepinnedCheck, ErrorCodeCheck, HeaderCheck, ExitCheck,
                           DistinctExitsCheck, DelayCheck, SpacingCheck, AttemptsCheck, CountCheck, BodyCheck,
                           AnnouncedDelayCheck, SessionIdCheck, ListedCheck, OriginCheck>;

struct Expectation {
  std::string requirement;  // empty: a precondition
  Labels of;                // the subject; empty in a scenario: the step it stands in
  Check check;
  std::string step;  // JSON pointer into the scenario: "/steps/3/expect/0"
  bool operator==(const Expectation&) const = default;
};

}  // namespace pinproof::conformance
