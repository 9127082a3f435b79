// How many sessions of one account live: at least, and at most (C-SES-9, C-SES-10). Sessions are counted by the
// bounds of their ends and dropped from the count as time passes them, so that a question costs no more than what has
// ended since the last one.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <tuple>
#include <vector>

#include "conformance/judge/issued/issued.h"

namespace pinproof::conformance {

class Census {
 public:
  /// `everywhere`: what possibly_alive() comes to for all accounts, kept up to date by each of them.
  explicit Census(std::int64_t& everywhere) : everywhere_(everywhere) {}

  /// Counts the session anew, after anything about it has changed. It ends between `end_from` and `end_to` if nothing
  /// else ends it. The session stays where it is for as long as it is counted.
  void count(Issued& session, Instant end_from, Instant end_to);

  void forget(Issued& session);

  /// Everything still to come was sent at `now` or later, in the order of sending. Sessions whose time is surely over
  /// leave the count and are handed to `over`.
  void advance(const Span& now, const std::function<void(Issued&)>& over);

  /// Sessions that lived all through `span`. After advance() to it.
  std::int64_t surely_alive(const Span& span) const;
  /// Sessions that may have lived at some instant in it, those among them that ended while it was under way.
  std::int64_t possibly_alive() const { return static_cast<std::int64_t>(possible_.size() + leaving_.size()); }

  /// Those sessions whose time is not over for sure, in order of their earliest ends; what surely_alive() counts is
  /// among them.
  std::vector<Issued*> surely_alive_now() const;

 private:
  using Entry = std::tuple<Instant, std::uint64_t, Issued*>;  // when, serial: the pointer never decides the order

  void drop(std::set<Entry>& entries, std::optional<Instant>& key, Issued& session);
  void put(std::set<Entry>& entries, std::optional<Instant>& key, Instant at, Issued& session);
  void move(std::set<Entry>& entries, std::optional<Instant>& key, std::optional<Instant> to, Issued& session);
  std::int64_t weight_of(const std::set<Entry>& entries) const {
    return &entries == &possible_ || &entries == &leaving_ ? 1 : 0;
  }

  std::int64_t& everywhere_;
  std::set<Entry> sure_;      // by earliest end
  std::set<Entry> possible_;  // by latest end
  std::set<Entry> young_;     // possible too: created by what may still overlap what is to come
  std::set<Entry> leaving_;   // ended by what may still overlap what is to come
};

}  // namespace pinproof::conformance
