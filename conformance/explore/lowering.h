// A case on its way to a scenario: what lower.h hides. It takes one command after the other, and keeps what later ones may speak of: labels
// only, since nothing has been played yet. What it does with a command stands in lower_requests.cc, lower_calls.cc and lower_exits.cc; the
// order of steps and what is sent at one instant in lower.cc.
#pragma once

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "conformance/explore/command.h"
#include "conformance/explore/lower.h"
#include "conformance/explore/small_world.h"
#include "conformance/scenario/scenario.h"

namespace pinproof::conformance {

class Lowering {
 public:
  Lowering(const SmallWorld& world, bool named) : world_(world), named_(named), keys_(world.keys.size()) {}

  Lowered lower(const Commands& commands);

 private:
  struct KeyState {
    std::string source;  // label that the session was issued to
    std::string opened;  // label that opened the window, as far as one can tell
    std::string last;
    bool reopens = false;  // the next request opens another: the exit was dropped, or the window waited out
  };
  struct Flight {
    std::string label;
    bool gated = false;
    bool released = false;
  };

  void one(const Command& command);
  const Key& key_of(const Command& command) const { return world_.keys[command.key % world_.keys.size()]; }
  KeyState& state_of(const Command& command) { return keys_[command.key % keys_.size()]; }
  Flight& flight_of(const Command& command) { return flights_[command.flight % kFlights]; }
  std::string next_label(char first, const Command& command);
  void add(decltype(Step::what) what);
  void group(Submission submission);
  void close_group();
  void wait(const Command& command);

  // Requests, in flight and not, and their connections: lower_requests.cc.
  std::string actor_of(const Command& command);
  UserName user_of(const Key& key);
  RequestStep request_of(const Command& command, const std::string& label);
  /// Which issued session it uses. True: it makes a new one for the key.
  bool use_session(const Command& command, IssuedSession& session);
  void used(const Command& command, const std::string& label, bool makes_session);
  void request(const Command& command);
  void begin(const Command& command);
  void finish(Flight& flight, bool release_first = true);
  void release(Flight& flight);
  void abandon(Flight& flight);
  void close(const Command& command);

  // What is done to exits: lower_exits.cc.
  void exits(const Command& command);
  bool aim(const Command& command, ExitStep& step);

  // Calls of the sessions API: lower_calls.cc.
  void create(const Command& command, std::uint32_t count);
  void call(const Command& command);

  const SmallWorld& world_;
  bool named_;
  Lowered lowered_;
  std::vector<KeyState> keys_;
  std::array<Flight, kFlights> flights_;
  std::vector<Submission> group_;                                     // sent at one instant, not yet a step
  std::vector<std::pair<std::size_t, std::string>> pending_sources_;  // known once the group is answered
  std::set<std::string> connections_;
  std::string last_;
  std::size_t command_ = 0;
  std::size_t group_begin_ = 0;
};

}  // namespace pinproof::conformance
