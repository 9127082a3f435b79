// Everything that is known of issued sessions at one point of a history: by id, and how many live for each account.
// Makes the steps that rules decide on, and adopts what they showed: after a violation, too, what was seen is the new
// truth.
//
// Facts are handed in by order of sending; what is sent and not handed in yet is in ahead().
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "conformance/judge/facts/exit_log.h"
#include "conformance/judge/issued/ahead.h"
#include "conformance/judge/issued/census.h"
#include "conformance/judge/issued/issued_step.h"

namespace pinproof::conformance {

class IssuedBook {
 public:
  IssuedBook(const HistoryHeader& header, const ExitLog& log);
  IssuedBook(const IssuedBook&) = delete;
  IssuedBook& operator=(const IssuedBook&) = delete;

  Ahead& ahead() { return ahead_; }

  /// Everything still to come was sent at `now` or later.
  void advance(const std::string& account, const Span& now);

  /// A request with an id in its session header, and one that asks for a new session.
  UseStep use(const Exchange& exchange);
  CreationStep creation(const Exchange& exchange);
  /// POST, DELETE and GET of the API, answered.
  CreationStep creation(const ApiCall& call);
  DeletionStep deletion(const ApiCall& call);
  std::vector<ListedStep> listing(const ApiCall& call);

  void adopt(const UseStep& step);
  void adopt(const CreationStep& step, const Exchange* exchange);
  void adopt(const DeletionStep& step);
  void adopt(const std::vector<ListedStep>& steps, const ApiCall& call);
  /// A deletion that was not answered, or failed: it may have come about.
  void may_have_deleted(const ApiCall& call);

 private:
  /// Sessions kept in mind; beyond it new ones are not, and an id that is not known says nothing any more.
  static constexpr std::size_t kSessionsMax = 1'000'000;
  /// Ended sessions kept, to tell in what way an id is incorrect; one that is forgotten is as incorrect as one that
  /// never was.
  static constexpr std::size_t kEndedKept = 100'000;

  struct Account {
    explicit Account(std::int64_t& everywhere) : census(everywhere) {}
    Census census;
    std::map<std::uint64_t, Issued> nameless;  // creations that were not answered: each may have made a session
    std::uint64_t refused_creation = 0;        // the latest over the cap, since the latest listing
  };
  struct Deletion {
    std::uint64_t by = 0;
    std::string session;
    Span span;
  };
  struct Bounds {
    Instant from;
    Instant to;
  };

  Account& account(const std::string& name);
  Issued* find(const std::string& id);
  Issued* add(Issued session);
  void add_nameless(const std::string& account, std::uint64_t by, const Span& span);
  void recount(Issued& session);
  void over(Issued& session);
  void keep_ended(const std::string& id);

  Bounds ends(const Issued& session) const;
  /// The history is no scenario's, so that a session may be older than it: until the oldest of those would have
  /// expired.
  bool start_unknown(const Span& span) const;
  IssuedFacts facts_of(const std::string& id, const std::string& account, const Span& span, Instant until);
  void judge_time(IssuedFacts& facts, const Span& span) const;
  /// Says what a session that is alive would break by having ended.
  void explain_end(IssuedFacts& facts, const Span& span) const;

  void count_use(Issued& session, const UseStep& step) const;
  void lose(Issued& session, const Exchange& exchange, const Span& span) const;
  void count_others(CreationStep& step);
  void over_cap(const CreationStep& step);
  void adopt_shown(const ListedStep& step, const Span& span);

  const HistoryHeader& header_;
  const ExitLog& log_;
  bool from_creation_;  // the readings in force
  bool listing_extends_;
  std::string lost_exit_;
  Ahead ahead_;
  std::int64_t everywhere_ = 0;
  std::unordered_map<std::string, Issued> sessions_;
  std::map<std::string, Account, std::less<>> accounts_;
  std::deque<std::string> ended_;
  std::uint64_t serials_ = 0;
  std::optional<Instant> began_;
  bool forgot_ = false;  // sessions that may be alive are missing
  Deletion deletion_;    // the latest
};

}  // namespace pinproof::conformance
