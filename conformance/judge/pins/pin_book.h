// The state that each pinned session may be in, followed through a history: a set, since a request that timed out may or may not have
// opened a session, and an interval may or may not reach past a window's end.
//
// For each request the book makes one step for every possible state; the judge of pins rules on them, and adopts what the request showed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "conformance/judge/facts/candidates.h"
#include "conformance/judge/facts/exit_log.h"
#include "conformance/judge/pins/pin_step.h"

namespace pinproof::conformance {

class PinBook {
 public:
  /// Keeps references; all outlive it.
  PinBook(const HistoryHeader& header, const ExitLog& log, Candidates& candidates)
      : header_(header), log_(log), candidates_(candidates) {}

  /// The steps of a request of a good sticky name, likeliest state first; at least one.
  std::vector<PinStep> steps(const Exchange& exchange, const Asked& asked) const;

  /// What the request showed, if the session was in one of these steps' states.
  void adopt(const std::vector<PinStep>& steps, const Exchange& exchange);

  /// The session of that key was ended by its owner, surely or perhaps (H-EXT-3).
  void end(const std::string& key, bool surely);

  /// The live pins, as far as they are known, of sessions with this id and another user name or account.
  struct Sibling {
    const Asked* asked;
    const Pin* pin;
  };
  std::vector<Sibling> siblings(const Exchange& exchange, const Asked& asked) const;

  /// The sessions of an account whose state is known for sure, in order of their keys.
  struct Known {
    const Asked* asked;
    const Pin* pin;
    bool alone;  // no other session that is remembered has its id
  };
  std::vector<Known> known(const std::string& account) const;

  std::size_t size() const { return keys_.size(); }

 private:
  /// States kept for a session; what would be the ninth is forgotten, and everything is possible again.
  static constexpr std::size_t kStatesMax = 8;
  /// Keys kept; beyond it those whose windows are long over are dropped.
  static constexpr std::size_t kKeysMax = 200'000;

  struct Key {
    Asked asked;
    bool may_be_none = false;  // perhaps there is no session
    std::vector<Pin> pins;
    Instant touched;
  };

  PinStep step_of(const Exchange& exchange, const Asked& asked, const Pin* prior) const;
  Pin opened(const PinStep& step, const Exchange& exchange) const;
  Pin after(const PinStep& step, const Exchange& exchange) const;
  void forget_old(Instant now);

  const HistoryHeader& header_;
  const ExitLog& log_;
  Candidates& candidates_;
  std::unordered_map<std::string, Key> keys_;
  std::multimap<std::string, std::string, std::less<>> keys_by_session_;
};

}  // namespace pinproof::conformance
