// The residential pool as it is, which the gateway is not told: which exits are up, and what is wrong with those that misbehave.
// Pure: everything happens at an instant that is handed in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/exit.h"
#include "sim/core/time.h"
#include "sim/pool/churn.h"

namespace pinproof::sim {

/// What can be done to an exit; the words of the upstream contract.
enum class ExitAction : std::uint8_t {
  kDrop,       // the listener closes, live connections are reset
  kRestore,    // up, and nothing wrong any more
  kReset,      // live connections are reset, the exit stays up
  kFail,       // answers 502 of its own
  kSlow,       // answers late, by `delay`
  kBlackhole,  // accepts and never answers
};

std::string_view to_string(ExitAction action);
std::optional<ExitAction> parse_exit_action(std::string_view text);

/// An action on one exit. It lasts for `lasting`, or for `count` requests that reach the exit, whichever is over first; neither:
/// until restored. A new action takes the place of the one before it, but for kReset, which leaves the exit as it was and knows
/// neither length nor count. A count of zero has no effect beyond the connections it resets.
struct ExitEvent {
  ExitId exit = kNoExit;
  ExitAction action = ExitAction::kDrop;
  std::optional<Duration> lasting = std::nullopt;
  std::optional<std::uint32_t> count = std::nullopt;
  Duration delay{};  // of kSlow
};

struct ScheduledExitEvent {
  Instant at;
  ExitEvent event;
};

/// How an exit takes a request that reaches it.
enum class ExitBehaviour : std::uint8_t { kServes, kRefuses, kFails, kSilent };

struct ExitReception {
  ExitBehaviour behaviour = ExitBehaviour::kServes;
  Duration delay{};  // before it answers
};

/// What came over an exit, for whoever holds connections through it.
struct ExitChange {
  ExitId exit = kNoExit;
  ExitAction action = ExitAction::kRestore;  // a timed action's end is a kRestore, so is a return from churn
  bool connections_reset = false;            // all that are open through the exit

  bool operator==(const ExitChange&) const = default;
};

/// All exits there are. Times handed in never run backwards, and advance_to() is called no later than next_change(): the pool has
/// no other way to learn that time passed.
///
/// An exit can be missing for two reasons that do not know of each other: somebody dropped it, or churn took it. It is up when
/// neither holds; kRestore ends both.
class Pool {
 public:
  explicit Pool(std::vector<Exit> exits);

  const std::vector<Exit>& exits() const { return exits_; }
  /// The exit with that address, as the upstream contract names it.
  std::optional<ExitId> find(std::string_view address) const;

  ExitChange apply(const ExitEvent& event, Instant now);

  /// To be applied by advance_to() when it is due; `at` lies not before the last time handed in. Events of one instant are applied
  /// in the order in which they were scheduled.
  void schedule(const ScheduledExitEvent& scheduled);

  /// From now on exits come and go on their own.
  void begin_churn(Churn churn) { churn_ = std::move(churn); }

  /// A request, or a CONNECT, reaches the exit: how is it taken? Counts it against an action's `count`.
  ExitReception receive(ExitId exit, Instant now);

  bool is_up(ExitId exit) const;
  std::size_t up() const { return up_; }

  /// When something next happens of itself: a timed action ends, a scheduled one is due, churn; kNever when nothing is left.
  Instant next_change() const;

  /// Lets the first thing due at or before `now` happen and says what it was; nothing when none is due. Call it until it does.
  std::optional<ExitChange> advance_to(Instant now);

 private:
  struct Condition {
    ExitAction action = ExitAction::kRestore;  // kRestore: nothing is wrong
    bool away = false;                         // taken by churn
    bool counted = false;
    std::uint32_t count_left = 0;
    std::uint32_t generation = 0;  // of the action, so that the end of one replaced is known for stale
    Duration delay{};
  };

  /// A timed action's end, or a scheduled action.
  struct Pending {
    Instant at;
    std::uint64_t sequence = 0;
    bool is_end = false;
    std::uint32_t generation = 0;  // of the action that ends
    ExitEvent event;
  };

  static bool later(const Pending& left, const Pending& right);

  Condition& condition(ExitId exit);
  const Condition& condition(ExitId exit) const;
  static bool is_up(const Condition& condition) { return condition.action != ExitAction::kDrop && !condition.away; }
  void pass_to(Instant now);
  void set_action(ExitId exit, ExitAction action);
  void add_pending(Pending pending);
  void drop_stale_ends();
  ExitChange apply_churn();

  std::vector<Exit> exits_;
  std::vector<Condition> conditions_;  // by exit
  std::vector<Pending> pending_;       // a heap, the earliest first
  std::optional<Churn> churn_;
  std::uint64_t sequence_ = 0;
  std::size_t up_ = 0;
  Instant now_ = kStart;
};

}  // namespace pinproof::sim
