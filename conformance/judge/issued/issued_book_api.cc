// Deletions and listings.
#include <algorithm>
#include <unordered_set>

#include "conformance/judge/issued/issued_book.h"

namespace pinproof::conformance {

DeletionStep IssuedBook::deletion(const ApiCall& call) {
  DeletionStep step{.header = header_, .call = call};
  const Span span = span_of(call);
  step.facts = facts_of(call.session, call.account, span, call.answered_at);
  step.accepted = call.status < 400;
  if (!step.accepted || listing_extends_) explain_end(step.facts, span);
  return step;
}

void IssuedBook::adopt(const DeletionStep& step) {
  const Span span = span_of(step.call);
  if (Issued* session = find(step.call.session); session != nullptr && !session->surely_ended()) {
    const bool own = step.facts.standing != Standing::kForeign;
    if (own && step.accepted) {
      session->end = IssuedEnd::kDeleted;
    } else if (own && step.facts.standing == Standing::kUnclear) {
      session->end = IssuedEnd::kGone;
    } else if (own ? step.facts.standing == Standing::kAlive : step.accepted) {
      session->end = IssuedEnd::kMaybe;
    }
    session->ended = span;
    session->ended_by = step.call.id;
    recount(*session);
  }
  deletion_ = {step.call.id, step.call.session, span};
}

void IssuedBook::may_have_deleted(const ApiCall& call) {
  Issued* session = find(call.session);
  if (session == nullptr || session->account != call.account || session->surely_ended()) return;
  session->end = IssuedEnd::kMaybe;
  session->ended = span_of(call);
  recount(*session);
}

std::vector<ListedStep> IssuedBook::listing(const ApiCall& call) {
  const Span span = span_of(call);
  Account& own = account(call.account);
  std::vector<ListedStep> steps;
  std::unordered_set<std::string_view> shown;
  // Each id that is not known may be a session whose creation was not answered.
  auto nameless = static_cast<std::int64_t>(own.nameless.size()) + ahead_.creations_during(call.account, span);
  for (const ListedSession& session : call.listed) {
    shown.insert(session.id);
    ListedStep step{
        .header = header_, .call = call, .facts = facts_of(session.id, call.account, span, call.answered_at)};
    step.id = session.id;
    step.shown = true;
    step.exit = session.exit;
    step.refused_creation = own.refused_creation;
    if (step.facts.standing == Standing::kNeverIssued && nameless-- > 0) step.facts.standing = Standing::kUnclear;
    steps.push_back(std::move(step));
  }
  for (const Issued* session : own.census.surely_alive_now()) {
    if (shown.contains(session->id)) continue;
    ListedStep step{
        .header = header_, .call = call, .facts = facts_of(session->id, call.account, span, call.answered_at)};
    if (step.facts.standing != Standing::kAlive) continue;
    explain_end(step.facts, span);
    step.id = session->id;
    steps.push_back(std::move(step));
  }
  if (steps.empty()) steps.push_back({.header = header_, .call = call});
  return steps;
}

void IssuedBook::adopt_shown(const ListedStep& step, const Span& span) {
  Account& own = account(step.call.account);
  Issued* session = find(step.id);
  if (session == nullptr) {
    Issued found;
    found.id = step.id;
    found.account = step.call.account;
    found.created = {kLongAgo, kLongAgo, kLongAgo};
    found.counts_from = kLongAgo;
    found.counts_to = span.to;
    found.end = IssuedEnd::kMaybe;
    found.ended = span;
    if (!own.nameless.empty()) {
      Issued& unanswered = own.nameless.begin()->second;
      found.created = unanswered.created;
      found.counts_from = unanswered.counts_from;
      found.counts_to = unanswered.counts_to;
      own.census.forget(unanswered);
      own.nameless.erase(own.nameless.begin());
    }
    found.created_by = found.last_ok = step.call.id;
    found.last_ok_from = span.from;
    found.grown = true;
    session = add(std::move(found));
    if (session == nullptr) return;
  }
  switch (step.facts.standing) {
    case Standing::kForeign:
    case Standing::kDeleted:
    case Standing::kLost:
    case Standing::kGone:
      return;  // the list is wrong; that they ended is known from elsewhere
    case Standing::kExpired:
      session->end = IssuedEnd::kMaybe;
      session->ended = span;
      session->counts_to = span.to;
      break;
    case Standing::kNeverIssued:
      break;
    case Standing::kUnclear:
    case Standing::kAlive:
      if (session->end == IssuedEnd::kMaybe && session->ended.before(span)) session->end = IssuedEnd::kNone;
      break;
  }
  session->listed = span;
  session->listed_by = step.call.id;
  if (session->exit.empty() || session->exit_listed_by != 0) {
    session->exit = step.exit;
    session->exit_listed_by = step.call.id;
    session->last_ok_from = std::max(session->last_ok_from, span.from);
  }
  recount(*session);
}

void IssuedBook::adopt(const std::vector<ListedStep>& steps, const ApiCall& call) {
  const Span span = span_of(call);
  Account& own = account(call.account);
  for (const ListedStep& step : steps) {
    if (step.id.empty()) continue;
    if (step.shown) {
      adopt_shown(step, span);
    } else if (Issued* session = find(step.id)) {
      session->end = IssuedEnd::kMaybe;
      session->ended = span;
      recount(*session);
    }
  }
  // Creations that were over before, and are not in the list, made nothing that is still alive.
  for (auto unanswered = own.nameless.begin(); unanswered != own.nameless.end();) {
    if (!unanswered->second.created.before(span)) {
      ++unanswered;
      continue;
    }
    own.census.forget(unanswered->second);
    unanswered = own.nameless.erase(unanswered);
  }
  own.refused_creation = 0;
}

}  // namespace pinproof::conformance
