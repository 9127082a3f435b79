// What happened in a scenario, laid out for drawing: a lane for each session of a client and for each exit that something was done to,
// marks on them, and bands for what lasts. It is bounded however long the history is: what does not fit as a mark of its own is counted
// in a bin, and says so. Made from a history by conformance/run/timeline.h; drawn by reports/html.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace pinproof::reports {

/// More marks than this, and the plain ones are counted in bins. What tells a story stays a mark of its own: evidence, and, up to
/// kTimelineNotableMax of them, answers that are no success, announcements, changes of a session's exit, deeds done to exits.
inline constexpr std::size_t kTimelinePlainMax = 1000;
inline constexpr std::size_t kTimelineNotableMax = 400;
inline constexpr std::size_t kTimelineLanesMax =
    40;  // what happens on further ones is drawn on one lane for all of them
inline constexpr std::size_t kTimelineBandsMax = 400;
inline constexpr std::size_t kTimelineDelaysMax = 1000;
inline constexpr std::size_t kTimelineExitsMax = 200;  // told apart by label; requests through others have none

/// A point of the history. `order` tells apart what happened at one instant; 0: not known.
struct TimelineMoment {
  std::int64_t at = 0;  // nanoseconds since the start
  std::uint64_t order = 0;
  auto operator<=>(const TimelineMoment&) const = default;
};

enum class TimelineLaneKind : std::uint8_t {
  kSession,    // one session of one client
  kNoSession,  // a client's requests that name none
  kCalls,      // calls of the sessions API
  kExit,       // what was done to one exit
  kOthers,     // what is left over when there are too many lanes
};

struct TimelineLane {
  TimelineLaneKind kind = TimelineLaneKind::kSession;
  std::string name;   // of the session, or the exit's address
  std::string actor;  // whose requests they are; empty of an exit
};

/// An exit by which requests were served, or to which something was done. Its label is its place in the list: A, B, C, …
struct TimelineExit {
  std::string address;
  std::string place;  // "res, us/ca/la", where it is known
};

enum class TimelineMarkKind : std::uint8_t {
  kServed,      // an answer that is a success, or no fault of the gateway's
  kRefused,     // an answer of 400 and more
  kUnanswered,  // none, or not the whole of it
  kCall,        // of the sessions API
  kDeed,        // done to an exit: drop, restore, …
  kTrouble,     // the play stopped
  kBin,         // many requests
};

inline constexpr std::int32_t kNoTimelineExit = -1;

struct TimelineMark {
  TimelineMarkKind kind = TimelineMarkKind::kServed;
  std::uint64_t id = 0;  // of the observation; 0: none
  std::uint32_t lane = 0;
  TimelineMoment from;   // when it was sent, or done
  TimelineMoment until;  // when it was answered
  int status = 0;
  std::int32_t exit = kNoTimelineExit;  // index into exits
  bool exit_claimed = false;            // by the gateway only: nobody saw it
  bool exit_changed = false;            // the session's request before was served by another
  bool repinned = false;                // announced
  bool evidence = false;
  std::string word;  // of a deed or a call: "drop", "list_sessions"
  std::string text;  // the whole exchange in words, times apart; empty of a bin
  // Of a bin:
  std::uint64_t count = 1;
  std::uint64_t failed = 0;  // of them refused or unanswered
};

enum class TimelineBandKind : std::uint8_t {
  kWindow,  // the session holds its exit, as promised
  kHeld,    // the gateway kept a request waiting
  kDown,    // the exit is dropped
  kFaulty,  // the exit fails, is slow, or swallows everything
};

struct TimelineBand {
  TimelineBandKind kind = TimelineBandKind::kWindow;
  std::uint32_t lane = 0;
  TimelineMoment from;
  TimelineMoment until;
  bool open = false;  // it goes on beyond the end of the history
  std::string text;
};

/// How long a request was held before it was forwarded.
struct TimelineDelay {
  std::uint64_t request = 0;  // its number among those that could have been, from 1
  std::uint32_t lane = 0;
  std::int64_t delay = 0;  // nanoseconds
};

struct Timeline {
  std::size_t result = 0;  // which of the report's: index into Report::results
  std::string scenario;    // ScenarioResult::id
  std::string clock;       // "virtual", "controlled", "wall"
  TimelineMoment end;
  std::vector<TimelineLane> lanes;
  std::vector<TimelineExit> exits;
  std::vector<TimelineMark> marks;  // by their beginning
  std::vector<TimelineBand> bands;  // by their beginning
  std::vector<TimelineDelay> delays;
  std::uint64_t observations = 0;  // in the history: requests and calls
  std::uint64_t binned = 0;        // of them in bins
  std::uint64_t bands_left_out = 0;
  bool complete = true;  // false: the history was cut off, or a line of it could not be read
};

}  // namespace pinproof::reports
