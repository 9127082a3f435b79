// What happened to issued sessions, one thing at a time, held against what the book knows: the facts from which each
// requirement's rule decides. Rules are pure functions of a step; their triggers are disjoint, so that one violation
// fails one requirement.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/judge/facts/exchange.h"
#include "conformance/judge/facts/holding.h"
#include "conformance/judge/issued/issued.h"

namespace pinproof::conformance {

/// What is known of a session at one moment.
enum class Standing : std::uint8_t {
  kNeverIssued,
  kForeign,  // another account's
  kDeleted,
  kLost,
  kGone,  // refused before
  kExpired,
  kAlive,
  kUnclear,  // alive or not: both would be right
};

struct IssuedFacts {
  const Issued* session = nullptr;  // where one was issued with this id
  Standing standing = Standing::kUnclear;
  bool by_time = false;        // unclear for nothing but time
  Duration room{};             // then: how far the intervals reach over the end
  bool loss_possible = false;  // its exit may have been lost since it last served
  std::uint64_t listing = 0;   // expired, but alive had this listing started its window again (C-SES-8)
  /// If it turns out to have ended, alive as it is: the requirement that this would break, what with, and whether
  /// that is the only explanation there is.
  std::string_view early;
  std::vector<std::uint64_t> early_evidence;
  std::string early_reason;
  bool early_explained = false;

  /// Its id is incorrect (C-SES-4).
  bool incorrect() const { return standing != Standing::kAlive && standing != Standing::kUnclear; }
};

/// How the gateway took the id of a request.
enum class TakenFor : std::uint8_t {
  kUnsaid,
  kAlive,      // served, or forwarded
  kIncorrect,  // refused as an incorrect id, nothing forwarded
  kOther,      // refused in another way, or forwarded all the same
};

/// A request that carried an id.
struct UseStep {
  const HistoryHeader& header;
  const Exchange& exchange;
  Span span{};
  IssuedFacts facts{};
  TakenFor taken = TakenFor::kUnsaid;
  std::string refusal{};     // of kOther, in words
  bool other_cause = false;  // refused, nothing forwarded, for a documented cause that is not the id
  bool plain = true;         // no other control header, which could be refused on its own account
  bool retries_asked = false;
  bool moved_by_retry =
      false;  // tried through the session's exit first, which gave an error of its own: a retry's business (C-RET-1)

  bool served() const { return exchange.fate == Fate::kServed || exchange.fate == Fate::kCutShort; }
  bool moved() const {
    return served() && facts.session != nullptr && !facts.session->exit.empty() && !exchange.exit.empty() &&
           exchange.exit != facts.session->exit;
  }
  bool stayed() const {
    return served() && facts.session != nullptr && !exchange.exit.empty() && exchange.exit == facts.session->exit;
  }
  /// The session is this account's and may live, so that its exit binds.
  bool binds() const { return facts.standing == Standing::kAlive || facts.standing == Standing::kUnclear; }
  /// Whether its exit is for the rules of sessions to judge at all.
  bool exit_counts() const { return binds() && !retries_asked && !moved_by_retry; }
};

enum class CreationResult : std::uint8_t { kUnsaid, kMade, kWithoutId, kRefused };

/// A request for a new session, by header or by POST.
struct CreationStep {
  const HistoryHeader& header;
  std::uint64_t id = 0;  // of the observation or call
  std::string account{};
  Span span{};
  bool by_post = false;
  CreationResult result = CreationResult::kUnsaid;
  std::string issued{};
  const Issued* same = nullptr;  // an earlier session with the id issued
  bool as_incorrect_id = false;  // refused as if "create" were an id
  bool other_cause = false;      // refused for a documented cause that is no session's
  std::string unknown_cause{};   // or with a code that nothing documents
  bool forwarded = false;
  bool plain = true;              // as a use's
  bool plan_without = false;      // the account's plan has no sessions (C-SES-11)
  bool start_unknown = false;     // the history may have begun with sessions alive that it says nothing of
  std::int64_t surely_alive = 0;  // of this account
  std::int64_t possibly_alive = 0;
  std::int64_t alive_at_others = 0;  // possibly, of all other accounts; counted only where it decides
  bool exits_lost = false;           // some exit was, and sessions may have ended with it
};

/// A session that a listing shows, or should have shown.
struct ListedStep {
  const HistoryHeader& header;
  const ApiCall& call;
  IssuedFacts facts{};
  std::string id{};
  bool shown = false;
  std::string exit{};                  // as listed
  std::uint64_t refused_creation = 0;  // since the listing before, over the cap: it must not have made one (C-SES-9)
};

/// DELETE of one session.
struct DeletionStep {
  const HistoryHeader& header;
  const ApiCall& call;
  IssuedFacts facts{};
  bool accepted = false;  // below 400; else a client error
};

/// "lost_exit=ends".
inline std::string reading_in_force(const HistoryHeader& header, std::string_view name) {
  return std::string(name) + "=" + header.readings.at(std::string(name));
}

}  // namespace pinproof::conformance
