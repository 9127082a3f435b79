// A session that the gateway issued, as far as a history shows it. One value stands for every state that it may be
// in: the instants are bounds, and an end that may have come is told apart from one that surely did.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "conformance/judge/facts/span.h"

namespace pinproof::conformance {

enum class IssuedEnd : std::uint8_t {
  kNone,
  kMaybe,  // a request of it was lost, or a deletion not answered
  kDeleted,
  kLost,  // with its exit, where the readings say that this ends it
  kGone,  // its id was refused
};

/// Where the bounds of a time are not known.
inline constexpr Instant kLongAgo{Duration{std::numeric_limits<std::int64_t>::min() / 4}};

struct Issued {
  std::string id;  // empty: it may have been created, and the answer was lost
  std::string account;
  std::uint64_t serial = 0;  // in order of becoming known
  Span created;
  std::uint64_t created_by = 0;  // observation or call; 0: before the history began
  bool by_post = false;
  bool accepted = false;  // a later request was accepted with this id

  Instant counts_from;  // what its idle window counts from arrived between these
  Instant counts_to;
  std::optional<Span> listed;  // the latest listing that showed it
  std::uint64_t listed_by = 0;

  std::string exit;                  // empty: not known yet
  std::uint64_t exit_listed_by = 0;  // known from that listing alone
  std::string host;                  // of the latest request through it
  std::uint64_t last_ok = 0;         // that request, or the creation
  Instant last_ok_from;              // when that was sent

  IssuedEnd end = IssuedEnd::kNone;
  Span ended;  // the end came in here, where it surely did
  std::uint64_t ended_by = 0;

  /// The census' own: under which instants it is counted now, and whether its creation was answered before all that
  /// is still to come.
  struct Counted {
    std::optional<Instant> sure, possible, young, leaving;
  };
  Counted counted;
  Instant end_from;
  bool grown = false;

  bool surely_ended() const { return end != IssuedEnd::kNone && end != IssuedEnd::kMaybe; }
};

}  // namespace pinproof::conformance
