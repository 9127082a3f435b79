// One command of a generated case, as a plain value: what is done, and to which things of a small world, by their places in its lists.
// A case is a vector of them. Every subsequence of a case is a case too: a command that finds nothing to act on (an await of what was
// never begun) is left out when the case is lowered to a scenario, so that shrinking is deletion.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/pool/pool.h"

namespace pinproof::conformance {

enum class Verb : std::uint8_t {
  kRequest,
  kBegin,  // a request that the case goes on without
  kAwait,  // what was begun, as are the next two
  kRelease,
  kAbandon,
  kClose,  // a connection
  kWait,
  kExit,    // something is done to exits
  kCreate,  // calls of the sessions API
  kList,
  kDelete,
  kFill,  // as many sessions are created as the account may have, give or take one
};

enum class ConnectionUse : std::uint8_t { kNew, kKept, kShared };

/// Which exits an action is for.
enum class Aim : std::uint8_t {
  kInUse,     // that served the key's last request
  kAnother,   // one that did not
  kInFlight,  // through which something begun goes
  kMatching,  // all that the key may use
  kAll,
};

/// From when a wait counts.
enum class Anchor : std::uint8_t {
  kNow,
  kOpened,  // the request that opened the key's window
  kLast,    // the key's last request
};

/// Numbers are places in the lists of the SmallWorld, unless said otherwise; 0 is the plainest everywhere.
struct Command {
  Verb verb = Verb::kRequest;
  bool together = false;  // sent at the same instant as the command before it
  std::uint8_t actor = 0;
  std::uint8_t key = 0;
  bool create = false;  // a new issued session for the key, whatever it had
  bool connect = false;
  ConnectionUse connection = ConnectionUse::kNew;
  std::uint8_t host = 0;
  std::uint8_t load = 0;
  std::uint8_t headers = 0;
  std::uint8_t retries = 0;
  std::uint8_t fault = 0;   // a CredentialFault
  std::uint16_t count = 1;  // of a burst
  std::uint8_t every = 0;   // between the sends of a burst
  std::uint8_t flight = 0;  // which of the things begun, 0 or 1
  bool gated = false;       // begun, and stopped in mid-answer
  sim::ExitAction action = sim::ExitAction::kDrop;
  Aim aim = Aim::kInUse;
  std::uint8_t lasting = 0;
  std::uint8_t times = 0;  // requests after which an action is over; 0: no such end
  Anchor anchor = Anchor::kNow;
  std::uint8_t span = 0;
  std::uint8_t offset = 0;
  std::int8_t over = 0;  // of kFill: sessions beyond the cap

  bool operator==(const Command&) const = default;
};

using Commands = std::vector<Command>;

inline constexpr std::size_t kFlights = 2;
inline constexpr std::size_t kFaults = 5;  // of CredentialFault, with none

}  // namespace pinproof::conformance
