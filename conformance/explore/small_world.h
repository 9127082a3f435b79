// The small world that generated cases play in: few keys chosen to collide, few clients, and the spans of time at whose ends something
// is promised to happen. Made from what a target says of itself (promises, vocabulary, exits, accounts), never from its rules, and the
// same for every dialect: what a dialect has no words for leaves its list empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "conformance/scenario/scenario.h"
#include "conformance/target/target.h"

namespace pinproof::conformance {

enum class KeyKind : std::uint8_t {
  kRotating,
  kSticky,     // of a user name, or an issued session's place
  kMalformed,  // a user name that has to be refused, or an id never issued; and what is just inside the bounds
};

struct Key {
  std::string name;  // as a scenario's "users" say it
  KeyKind kind = KeyKind::kRotating;
  UserName user;                   // of a dialect that names sessions
  IssuedSession session;           // of kMalformed in one that issues them
  sim::ExitFilter filter;          // what it may use
  std::optional<Duration> window;  // how long a session of it lasts
};

struct Client {
  std::string actor;
  std::string account;
};

/// What is sent and answered.
struct Load {
  std::string method = "GET";
  std::uint64_t body_bytes = 0;
  std::uint64_t answer_bytes = 16;
  int answer_status = 200;
  std::string answer_cookie;
};

/// A time after which something is promised. Empty name: a plain while.
struct TimeSpan {
  std::string name;
  Duration length{};
  bool of_key = false;  // the window of the command's key, whatever `length` says
};

struct SmallWorld {
  std::string dialect;
  bool names_sessions = false;  // in the user name
  bool issues_sessions = false;
  bool has_api = false;
  bool spaces_requests = false;
  bool retries_on_request = false;
  std::string retries_header;

  std::vector<Key> keys;  // sticky ones first, related ones near each other
  std::vector<std::uint8_t> sticky;
  std::vector<std::uint8_t> rotating;
  std::vector<std::uint8_t> malformed;
  std::vector<Client> clients;
  std::vector<std::string> hosts;
  std::vector<Load> loads;
  std::vector<std::vector<std::pair<std::string, std::string>>> headers;
  std::vector<std::string> retries;   // values of the header; "" first: none
  std::vector<Duration> paces;        // between the sends of a burst
  std::vector<Duration> lasting;      // of actions on exits; zero first: no end
  std::vector<TimeSpan> spans;        // plain ones first; then boundaries
  std::size_t boundaries = 0;         // where those begin
  std::vector<Duration> offsets;      // from a boundary: {at, 1 s before, 1 s after, 1 ms before, 1 ms after}
  std::vector<std::uint16_t> bursts;  // counts that climb to something
  std::uint32_t session_cap = 0;      // 0: none promised
};

SmallWorld small_world(const TargetDescription& target);

}  // namespace pinproof::conformance
