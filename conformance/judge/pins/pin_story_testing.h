// Hand-made stories of pinned sessions for the tests of the pin rules: requests and drops said in a few words, judged from records as a history
// would be. The law is the shipped catalogue's: sixty-second minutes, a cap of 30 minutes, the default readings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "conformance/judge/facts/fact_monitor.h"

namespace pinproof::conformance {

inline constexpr const char* kExitA = "127.20.0.1";  // us
inline constexpr const char* kExitB = "127.20.0.2";  // us
inline constexpr const char* kExitC = "127.20.0.3";  // us
inline constexpr const char* kExitDe = "127.20.0.9";
inline constexpr const char* kJob = "helo_{account}-type-res-region-us-session-job-sesstime-10";

class PinStory {
 public:
  PinStory();

  PinStory& at(Duration since_start);
  /// The requests that follow take so long until their answer.
  PinStory& answers_take(Duration answer);
  PinStory& as(std::string_view user_name);
  PinStory& of_account(std::string_view account);
  PinStory& via_connect(bool connect = true);
  /// The requests that follow overlap the one before: they were sent before it was answered.
  PinStory& at_once(bool overlapping = true);
  /// All requests so far and to come overlap: each takes an hour, and the client's order is not known.
  PinStory& all_at_once();

  PinStory& served(std::string_view exit, bool announced = false);
  PinStory& refused(int status, std::string_view code = "bad-username");
  PinStory& failed(int status);
  /// The exit took the request and broke off; the client got this status, or a cut answer for 200.
  PinStory& broken_off(std::string_view exit, int status);
  PinStory& unanswered();
  PinStory& drop(std::string_view exit);
  PinStory& restore(std::string_view exit);
  /// The exit took the request, and the client got only a part of the answer: nobody broke off that could be seen.
  PinStory& cut_short(std::string_view exit, bool announced = false);
  /// Inside the tunnel that an earlier CONNECT opened.
  PinStory& in_tunnel(std::string_view exit);
  /// The owner ends the session of this user name; of none: one by an id of the API's own.
  PinStory& deletes(std::string_view user_name = {});
  /// The account asks for its sessions, and gets these.
  PinStory& lists(std::vector<ListedSession> sessions);

  /// Each fail or undecided finding as "H-STK-1 fail [1 2]".
  std::vector<std::string> violations() const;
  /// The requirements that held.
  std::vector<std::string> held() const;

  HistoryHeader header;

 private:
  Observation& send(int status);
  void forwarded(const Observation& seen, std::string_view exit, UpstreamEvent end);
  void act(sim::ExitAction action, std::string_view exit);
  std::vector<Finding> findings() const;

  std::vector<Record> records_;
  std::vector<std::size_t> observations_;
  Duration now_{};
  Duration answer_{};
  std::string user_ = kJob;
  std::string account_ = "one";
  bool connect_ = false;
  bool overlapping_ = false;
  bool all_at_once_ = false;
  std::uint64_t id_ = 0;
  std::uint64_t order_ = 0;
};

}  // namespace pinproof::conformance
