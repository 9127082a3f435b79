// What was sent and is not judged yet. Requests are judged in the order of sending, and only once all that overlaps
// them is known: a deletion sent a moment after a request may have reached the gateway first.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>

#include "conformance/judge/facts/span.h"

namespace pinproof::conformance {

class Ahead {
 public:
  /// In the order of sending. Creations are all but those that were refused; what may end a session is a deletion, or
  /// a request of it that failed.
  void creation(const std::string& account, const Span& span) { accounts_[account].creations.push_back(span); }
  void may_end(const std::string& account, const std::string& session, const Span& span) {
    accounts_[account].ends.push_back(span);
    sessions_[session].push_back(span);
  }

  /// The first of them is judged now, and so is ahead no longer.
  void creation_judged(const std::string& account) { accounts_.at(account).creations.pop_front(); }
  void end_judged(const std::string& account, const std::string& session);

  /// Something overlaps `span` that may end this session.
  bool may_end_during(const std::string& session, const Span& span) const;
  /// How many creations, and how many possible ends, of an account overlap it.
  std::int64_t creations_during(const std::string& account, const Span& span) const;
  std::int64_t ends_during(const std::string& account, const Span& span) const;

 private:
  using Spans = std::deque<Span>;  // in the order of sending
  struct OfAccount {
    Spans creations;
    Spans ends;
  };
  static std::int64_t overlapping(const Spans& spans, const Span& span);

  std::map<std::string, OfAccount, std::less<>> accounts_;
  std::unordered_map<std::string, Spans> sessions_;
};

}  // namespace pinproof::conformance
