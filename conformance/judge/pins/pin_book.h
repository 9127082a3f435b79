// The state that each pinned session may be in, followed through a history: a set, since a request that timed out may or may not have
// opened a session, and an interval may or may not reach past a window's end.
//
// For each request the book makes one step for every possible state; the judge of pins rules on them, and adopts what the request showed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "conformance/judge/facts/candidates.h"
#include "conformance/judge/facts/exit_log.h"
#include "conformance/judge/facts/span.h"
#include "conformance/judge/pins/pin_step.h"

namespace pinproof::conformance {

/// What the session of one key may be.
struct PinStates {
  std::vector<Pin> pins;
  bool may_be_none = true;        // perhaps there is no session
  bool unknown = false;           // everything is possible, until the next request that is served
  std::optional<Span> deleted{};  // the latest deletion by its owner: what overlaps it was before it, or after
};

class PinBook {
 public:
  /// Keeps references; all outlive it.
  PinBook(const HistoryHeader& header, const ExitLog& log, Candidates& candidates)
      : header_(header), log_(log), candidates_(candidates) {}

  /// The key that tells sessions apart, by the reading session_key; valid until the next call.
  const std::string& key_of(const Asked& asked) const;

  /// Of a key: what is known before its next request. Valid until another key is asked for.
  PinStates& states(const Asked& asked, Instant now);

  /// The steps of a request of a good sticky name, likeliest state first; at least one. They replace what `steps` holds, and point into
  /// `before`.
  void steps(const PinStates& before, const Exchange& exchange, std::vector<PinStep>& steps) const;

  /// What the session may be after the request, if it was in one of these steps' states; replaces what `after` holds, which
  /// is not `before`.
  /// `broken`: the request was wrong in each of them. A silent change then leaves both the new exit and the old one possible, so that one
  /// stray request is one violation.
  void adopt(const PinStates& before, const std::vector<const PinStep*>& steps, const Exchange& exchange, bool broken,
             PinStates& after) const;

  /// The session of that user name was ended by its owner, surely or perhaps (H-EXT-3).
  void end(const Asked& asked, const Span& deletion, bool surely);
  /// One session of the account was ended by its owner, and it is not known which.
  void end_one_of(const std::string& account, const Span& deletion);

  /// Two names of one account with one id. What a listing shows beside the id may be where the exit is, and not what was asked for.
  static bool namesakes(const Asked& left, const Asked& right);
  /// Whether there is one to that name.
  bool has_namesake(const Asked& asked) const;

  /// The live pins, as far as they are known, of sessions with this id and another user name or account.
  struct Sibling {
    const Asked* asked;
    const Pin* pin;
  };
  std::vector<Sibling> siblings(const Exchange& exchange) const;

  /// The sessions of an account whose state is known for sure, in order of their keys.
  struct Known {
    const std::string* key;
    const Asked* asked;
    const Pin* pin;
    bool alone;  // no other session that is remembered has its id
  };
  std::vector<Known> known(const std::string& account) const;

  std::size_t size() const { return keys_.size(); }

 private:
  /// States kept for a session; what would be the ninth is forgotten, and everything is possible again.
  static constexpr std::size_t kStatesMax = 8;
  /// From so many keys on, those whose windows are long over are forgotten, each time that their number has doubled. Sessions that may
  /// be alive are all kept: memory is bounded by how many there are in two windows of the cap.
  static constexpr std::size_t kKeysMany = 200'000;

  struct Key {
    Asked asked;
    PinStates states;
    std::uint64_t deletions_seen = 0;  // of its account
    Instant touched;
  };
  /// Of an account, by ids that tell nothing of the user name.
  struct Deletions {
    std::uint64_t count = 0;
    Span latest;
  };

  PinStep step_of(const Exchange& exchange, const Pin* prior) const;
  Pin opened(const PinStep& step, const Exchange& exchange) const;
  Pin after(const PinStep& step, const Exchange& exchange) const;
  void adopt_unserved(const PinStep& step, const Exchange& exchange, PinStates& after) const;
  void forget_old(Instant now);

  const HistoryHeader& header_;
  const ExitLog& log_;
  Candidates& candidates_;
  std::unordered_map<std::string, Key> keys_;
  std::multimap<std::string, std::string, std::less<>> keys_by_session_;
  std::unordered_map<std::string, Deletions> deletions_;
  std::size_t forget_at_ = kKeysMany;
  mutable std::string key_;
};

}  // namespace pinproof::conformance
