// The book itself: sessions, and what is known of one at a moment.
#include "conformance/judge/issued/issued_book.h"

#include <fmt/format.h>

#include <algorithm>

namespace pinproof::conformance {

IssuedBook::IssuedBook(const HistoryHeader& header, const ExitLog& log)
    : header_(header),
      log_(log),
      from_creation_(header.readings.at("expiry_counts_from") == "creation"),
      listing_extends_(header.readings.at("listing_extends") == "yes"),
      lost_exit_(header.readings.at("lost_exit")) {}

IssuedBook::Account& IssuedBook::account(const std::string& name) {
  return accounts_.try_emplace(name, everywhere_).first->second;
}

Issued* IssuedBook::find(const std::string& id) {
  const auto found = sessions_.find(id);
  return found == sessions_.end() ? nullptr : &found->second;
}

Issued* IssuedBook::add(Issued session) {
  if (sessions_.size() >= kSessionsMax) {
    forgot_ = true;
    return nullptr;
  }
  session.serial = ++serials_;
  Issued& kept = sessions_[session.id];
  kept = std::move(session);
  recount(kept);
  return &kept;
}

void IssuedBook::add_nameless(const std::string& name, std::uint64_t by, const Span& span) {
  Issued session;
  session.account = name;
  session.serial = ++serials_;
  session.created = span;
  session.created_by = session.last_ok = by;
  session.counts_from = session.last_ok_from = span.from;
  session.counts_to = span.to;
  session.end = IssuedEnd::kMaybe;
  session.ended = span;
  recount(account(name).nameless.emplace(session.serial, session).first->second);
}

void IssuedBook::advance(const std::string& name, const Span& now) {
  if (!began_) began_ = now.from;
  account(name).census.advance(now, [this](Issued& session) { over(session); });
}

// Its time is over, or its end lies behind everything still to come.
void IssuedBook::over(Issued& session) {
  if (session.id.empty()) {
    const std::uint64_t serial = session.serial;
    account(session.account).nameless.erase(serial);
    return;
  }
  ended_.push_back(session.id);
  if (ended_.size() <= kEndedKept) return;
  const auto oldest = sessions_.find(ended_.front());
  ended_.pop_front();
  if (oldest == sessions_.end()) return;
  const Issued::Counted& counted = oldest->second.counted;
  if (!counted.sure && !counted.possible && !counted.young && !counted.leaving) sessions_.erase(oldest);
}

// When its idle window ends, if nothing else ends it, with room on both sides: both its instants may be off, each by the tolerance.
IssuedBook::Bounds IssuedBook::ends(const Issued& session) const {
  const Duration window = header_.promised.idle_window;
  Bounds bounds{session.counts_from, session.counts_to};
  if (listing_extends_ && session.listed) {
    bounds.from = std::max(bounds.from, session.listed->from);
    bounds.to = std::max(bounds.to, session.listed->to);
  }
  return {bounds.from + window - 2 * header_.tolerance, bounds.to + window + 2 * header_.tolerance};
}

void IssuedBook::recount(Issued& session) {
  const Bounds bounds = ends(session);
  account(session.account).census.count(session, bounds.from, bounds.to);
}

bool IssuedBook::start_unknown(const Span& span) const {
  return header_.scenario.empty() && began_ &&
         span.from < *began_ + header_.promised.idle_window + 2 * header_.tolerance;
}

IssuedFacts IssuedBook::facts_of(const std::string& id, const std::string& account, const Span& span, Instant until) {
  IssuedFacts facts;
  const Issued* session = find(id);
  facts.session = session;
  if (session == nullptr) {
    facts.standing = forgot_ || start_unknown(span) ? Standing::kUnclear : Standing::kNeverIssued;
    return facts;
  }
  if (session->account != account) {
    facts.standing = Standing::kForeign;
    return facts;
  }
  if (session->surely_ended()) {
    const bool behind = session->ended.before(span);
    switch (session->end) {
      case IssuedEnd::kDeleted:
        facts.standing = Standing::kDeleted;
        break;
      case IssuedEnd::kLost:
        facts.standing = Standing::kLost;
        break;
      default:
        facts.standing = Standing::kGone;
        break;
    }
    if (!behind) facts.standing = Standing::kUnclear;
    return facts;
  }
  judge_time(facts, span);
  if (facts.standing == Standing::kExpired) return facts;
  facts.loss_possible = !session->exit.empty() && log_.maybe_lost(session->exit, session->last_ok_from, until);
  if (session->end == IssuedEnd::kMaybe || ahead_.may_end_during(id, span)) {
    facts.standing = Standing::kUnclear;
    facts.by_time = false;
  }
  if (facts.loss_possible) facts.by_time = false;
  return facts;
}

// Exactly at its end a window is over (C-SES-7).
void IssuedBook::judge_time(IssuedFacts& facts, const Span& span) const {
  const Issued& session = *facts.session;
  const Bounds bounds = ends(session);
  if (span.from >= bounds.to) {
    facts.standing = Standing::kExpired;
    const Duration window = header_.promised.idle_window;
    if (!listing_extends_ && session.listed && span.from < session.listed->to + window + 2 * header_.tolerance) {
      facts.listing = session.listed_by;
    }
  } else if (span.arrived >= bounds.from) {
    facts.standing = Standing::kUnclear;
    facts.by_time = true;
    facts.room = std::max(span.arrived - bounds.from, Duration(1));
  } else {
    facts.standing = Standing::kAlive;
  }
}

void IssuedBook::explain_end(IssuedFacts& facts, const Span& span) const {
  if (facts.standing != Standing::kAlive) return;
  const Issued& session = *facts.session;
  const Duration window = header_.promised.idle_window;
  const auto explain = [&](std::string_view requirement, bool explained, std::vector<std::uint64_t> evidence,
                           std::string reason) {
    facts.early = requirement;
    facts.early_explained = explained;
    std::sort(evidence.begin(), evidence.end());
    facts.early_evidence = std::move(evidence);
    facts.early_reason = std::move(reason);
  };
  if (listing_extends_ && session.listed && span.to >= session.counts_from + window - 2 * header_.tolerance) {
    return explain(
        "C-SES-8", true, {session.last_ok, session.listed_by},
        fmt::format("session {} was listed, which is declared to extend it, and ended all the same", session.id));
  }
  if (!from_creation_ && session.accepted && span.to >= session.created.from + window) {
    return explain("C-SES-7", true, {session.created_by, session.last_ok},
                   fmt::format("session {} ended {} or more after its creation, though its last request was younger",
                               session.id, sim::format_duration(window)));
  }
  if (deletion_.by != 0 && deletion_.session != session.id && deletion_.span.to >= session.last_ok_from) {
    return explain(
        "C-SES-6", true, {session.last_ok, deletion_.by},
        fmt::format("session {} was alive, and was gone after {} had been deleted", session.id, deletion_.session));
  }
  if (!session.accepted && span.from - session.counts_to < window / 2) {
    return explain(session.by_post ? "C-SES-3" : "C-SES-1", false, {session.created_by},
                   fmt::format("session {} was issued, and its id refused as soon as it was used", session.id));
  }
  explain("C-SES-7", false, {session.last_ok},
          fmt::format("session {} ended after {} at most; {} were promised", session.id,
                      sim::format_duration(span.to - session.counts_from), sim::format_duration(window)));
}

}  // namespace pinproof::conformance
