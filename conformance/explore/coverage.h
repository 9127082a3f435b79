// What cases have exercised: which events met which state of a session, which requirements were judged, which boundaries were waited
// for. Counts that add up; coverage_watch.h counts them.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/explore/small_world.h"
#include "conformance/target/target.h"

namespace pinproof::conformance {

/// Of a key's session, as far as a client can tell.
enum class SessionState : std::uint8_t { kNone, kAlive, kExitLost, kMoved, kOver, kEnded };
inline constexpr std::size_t kSessionStates = 6;

enum class SessionEvent : std::uint8_t {
  kRequest,
  kConnect,
  kOverlapping,
  kFailed,  // a request that no exit served
  kOwnDrop,
  kOtherDrop,
  kOwnRestore,
  kOwnTrouble,  // fails, is slow, answers nothing, or is reset
  kList,
  kDelete,
};
inline constexpr std::size_t kSessionEvents = 10;

std::string_view to_string(SessionState state);
std::string_view to_string(SessionEvent event);

/// Counts by name: "alive/own drop", "H-PIN-1", "window-1s". Adding up two runs gives what one run of both would have.
class Coverage {
 public:
  Coverage() = default;
  explicit Coverage(const SmallWorld& world);

  void add(const Coverage& other);

  /// Rows are states.
  std::array<std::array<std::uint64_t, kSessionEvents>, kSessionStates> transitions{};
  std::map<std::string, std::uint64_t> requirements;  // cases in which it was judged
  std::vector<std::uint64_t> boundaries;              // by span and offset, in the order of boundary_names()
  std::uint64_t cases = 0;
  std::uint64_t steps = 0;
  std::uint64_t left_out = 0;
  /// That passed in the cases, of each the whole seconds: millions of cases are more nanoseconds than 64 bits hold.
  std::chrono::seconds time{};
};

/// Every boundary of that world: "window", "window -1s", …
std::vector<std::string> boundary_names(const SmallWorld& world);

/// How much of what can be exercised was.
struct Reached {
  std::size_t number = 0;
  std::size_t of = 0;
};
Reached reached(const Coverage& coverage, const SmallWorld& world, const std::vector<std::string>& judged);

/// Whether a state can meet an event at all.
bool reachable(const SmallWorld& world, SessionState state, SessionEvent event);

/// What could have been exercised and was not, in words. `judged`: the requirements that cases of this dialect can exercise.
std::vector<std::string> unreached(const Coverage& coverage, const SmallWorld& world,
                                   const std::vector<std::string>& judged);

/// The requirements that generated cases can exercise on a target with those capabilities.
std::vector<std::string> exercisable(const Catalogue& catalogue, const TargetDescription& target);

}  // namespace pinproof::conformance
