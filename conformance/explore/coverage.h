// What cases have exercised: which events met which state of a session, which requirements were judged, which boundaries were waited
// for. Counted from what was seen, by a sink beside the judge that decides nothing.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/explore/lower.h"
#include "conformance/history/history_sink.h"
#include "conformance/judge/judge.h"

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
  Duration time{};  // that passed in the cases
};

/// Every boundary of that world: "window", "window -1s", …
std::vector<std::string> boundary_names(const SmallWorld& world);

/// Whether a state can meet an event at all.
bool reachable(const SmallWorld& world, SessionState state, SessionEvent event);

/// What could have been exercised and was not, in words. `judged`: the requirements that cases of this dialect can exercise.
std::vector<std::string> unreached(const Coverage& coverage, const SmallWorld& world,
                                   const std::vector<std::string>& judged);

/// The requirements that generated cases can exercise on a target with those capabilities.
std::vector<std::string> exercisable(const Catalogue& catalogue, const TargetDescription& target);

/// Watches the history of one case after the other.
class CoverageWatch final : public HistorySink {
 public:
  explicit CoverageWatch(const SmallWorld& world);

  void begin(const Lowered& lowered);
  void header(const HistoryHeader&) override {}
  void record(const Record& record) override;
  /// The case is over.
  void end(const Commands& commands, const Lowered& lowered, const std::vector<std::size_t>& left_out,
           const Judgement& judgement, Instant now);

  const Coverage& coverage() const { return coverage_; }

 private:
  struct Session {
    SessionState state = SessionState::kNone;
    std::string exit;
    Instant opened;
    Instant last;
    std::uint64_t answered_order = 0;
  };

  int key_of(const std::string& label) const;
  SessionState state_at(std::size_t key, Instant at) const;
  void count(SessionState state, SessionEvent event);
  void seen(const Observation& seen);
  void acted(const ExitActed& acted);
  void called(const ApiCall& call);

  const SmallWorld& world_;
  Coverage coverage_;
  const Lowered* lowered_ = nullptr;
  std::vector<Session> sessions_;  // by key
  std::vector<std::uint8_t> used_;
};

}  // namespace pinproof::conformance
