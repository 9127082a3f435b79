// Requests that carry an id: how the gateway took it, and what that shows.
#include <fmt/format.h>

#include "conformance/judge/issued/issued_book.h"
#include "conformance/judge/issued/reply.h"

namespace pinproof::conformance {
namespace {

TakenFor taken_for(const HistoryHeader& header, const Exchange& exchange, std::string& refusal) {
  switch (exchange.fate) {
    case Fate::kServed:
    case Fate::kCutShort:
      return TakenFor::kAlive;
    case Fate::kRefused:
      break;
    case Fate::kFailed:
    case Fate::kClosed:
    case Fate::kUnknown:
      return exchange.reached_nothing() ? TakenFor::kUnsaid : TakenFor::kAlive;
  }
  const std::string_view code = error_of(header, exchange.seen);
  if (code.empty() && !header.vocabulary.error.empty() && !exchange.origin_visible)
    return TakenFor::kUnsaid;  // perhaps the origin's own
  const bool in_words = header.vocabulary.error.empty() || code == kBadSessionId;
  if (in_words && exchange.reached_nothing()) return TakenFor::kIncorrect;
  refusal = in_words ? std::string("refused, but forwarded all the same")
                     : fmt::format("refused with {} {}, not with {}", exchange.seen.status, code, kBadSessionId);
  return TakenFor::kOther;
}

// The request was tried through the session's exit, got that exit's own error, and went on elsewhere.
bool moved_by_retry(const Exchange& exchange, const std::string& exit) {
  bool failed = false;
  for (const UpstreamSaw& saw : exchange.upstream) {
    if (saw.exit == exit) failed = failed || saw.event == UpstreamEvent::kFailed;
    if (saw.exit != exit && failed) return true;
  }
  return false;
}

// What the session's exit last did with the request, if it did anything.
const UpstreamSaw* last_word(const Exchange& exchange, const std::string& exit) {
  const UpstreamSaw* last = nullptr;
  for (const UpstreamSaw& saw : exchange.upstream) {
    if (saw.exit == exit && saw.event != UpstreamEvent::kClosed) last = &saw;
  }
  return last;
}

}  // namespace

UseStep IssuedBook::use(const Exchange& exchange) {
  const Observation& seen = exchange.seen;
  UseStep step{.header = header_, .exchange = exchange, .span = span_of(exchange, header_.tolerance)};
  step.facts = facts_of(seen.session, seen.account, step.span, seen.ended_at);
  step.taken = taken_for(header_, exchange, step.refusal);
  step.plain = no_other_control(header_, seen);
  step.other_cause = step.taken == TakenFor::kOther && exchange.reached_nothing() &&
                     has_other_cause(error_of(header_, seen), seen.status);
  step.retries_asked = !header_.vocabulary.max_retries.empty() && seen.sent.has(header_.vocabulary.max_retries);
  if (step.facts.session != nullptr) step.moved_by_retry = moved_by_retry(exchange, step.facts.session->exit);
  if (step.taken == TakenFor::kIncorrect || listing_extends_) explain_end(step.facts, step.span);
  return step;
}

void IssuedBook::count_use(Issued& session, const UseStep& step) const {
  if (from_creation_) return;
  session.counts_to = std::max(session.counts_to, step.span.arrived);
  if (step.taken == TakenFor::kAlive) session.counts_from = std::max(session.counts_from, step.span.from);
}

// A request of it failed: whether its exit is gone, and what becomes of the session then (C-SES-13).
void IssuedBook::lose(Issued& session, const Exchange& exchange, const Span& span) const {
  if (exchange.fate == Fate::kServed || exchange.fate == Fate::kRefused || lost_exit_ == "lives_on") return;
  if (refused_by_pacing(exchange)) return;
  const UpstreamSaw* last = last_word(exchange, session.exit);
  // Of a client that has gone, the gateway may have turned to nothing else, or learnt nothing of it.
  const bool client_gone = exchange.seen.end == AnswerEnd::kTimedOut || exchange.seen.end == AnswerEnd::kAbandoned;
  // Nor is it done with the exit where it was another try that it had no time for.
  const bool out_of_time = exchange.seen.status == 503 && exchange.seen.headers.has("Retry-After");
  const bool surely = last != nullptr && !client_gone && !out_of_time &&
                      (last->event == UpstreamEvent::kRefused || last->event == UpstreamEvent::kReset);
  const bool surely_not =
      last != nullptr && (last->event == UpstreamEvent::kFailed || last->event == UpstreamEvent::kAnswered);
  // Where the harness does not drop exits, they go when they please.
  const bool possibly = session.exit.empty() || !header_.capabilities.has(Capability::kDrop) ||
                        log_.maybe_lost(session.exit, session.last_ok_from, exchange.seen.ended_at);
  if (!surely && (surely_not || !possibly)) return;
  if (lost_exit_ == "repin") return session.exit.clear();
  session.ended = span;
  session.ended_by = exchange.seen.id;
  session.end = surely ? IssuedEnd::kLost : IssuedEnd::kMaybe;
  if (exchange.seen.ended_at == exchange.seen.answered_at && exchange.seen.end != AnswerEnd::kCut) return;
  session.ended.to =
      exchange.seen.ended_at;  // it went after the head of the answer; by the client's order nothing is known of that
  session.ended.answered = 0;
}

void IssuedBook::adopt(const UseStep& step) {
  const Exchange& exchange = step.exchange;
  const Observation& seen = exchange.seen;
  if (step.facts.session == nullptr) {
    if (step.facts.standing != Standing::kUnclear || !step.served()) return;
    Issued older;
    older.id = seen.session;
    older.account = seen.account;
    older.created = {kLongAgo, kLongAgo, kLongAgo};
    older.counts_from = from_creation_ ? kLongAgo : step.span.from;
    older.counts_to = step.span.arrived;
    older.exit = exchange.exit;
    older.host = seen.host;
    older.last_ok = older.created_by = seen.id;
    older.last_ok_from = step.span.from;
    older.accepted = older.grown = true;
    add(std::move(older));
    return;
  }
  Issued& session = *find(seen.session);
  const bool alive = step.taken == TakenFor::kAlive;
  if (step.facts.standing == Standing::kForeign) {
    if (step.taken == TakenFor::kIncorrect) return;  // no request of the session's
    // Whether the owner's time was started again by it is not known.
    if (!from_creation_) session.counts_to = std::max(session.counts_to, step.span.arrived);
    return recount(session);
  }
  if (step.facts.incorrect() && !alive) return;
  if (step.taken == TakenFor::kIncorrect) {
    session.end = IssuedEnd::kGone;
    session.ended = step.span;
    session.ended_by = seen.id;
    return recount(session);
  }
  if (alive && (step.facts.incorrect() || (session.end == IssuedEnd::kMaybe && session.ended.before(step.span)))) {
    session.end = IssuedEnd::kNone;
    if (step.facts.standing == Standing::kExpired && from_creation_) session.counts_to = step.span.arrived;
  }
  count_use(session, step);
  session.accepted = session.accepted || alive;
  if (session.exit.empty() && !exchange.upstream.empty()) {
    session.exit = exchange.upstream.front().exit;
    session.host = seen.host;
    session.last_ok = seen.id;
    session.last_ok_from = step.span.from;
  }
  if (step.served() && !exchange.exit.empty() && !step.retries_asked && !step.moved_by_retry) {
    session.exit = exchange.exit;
    session.exit_listed_by = 0;
    session.host = seen.host;
    session.last_ok = seen.id;
    session.last_ok_from = step.span.from;
  }
  if (!session.surely_ended()) lose(session, exchange, step.span);
  recount(session);
}

}  // namespace pinproof::conformance
