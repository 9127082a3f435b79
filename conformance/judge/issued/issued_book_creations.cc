// Requests for a new session, by header and by POST.
#include <algorithm>

#include "conformance/judge/issued/issued_book.h"
#include "conformance/judge/issued/reply.h"

namespace pinproof::conformance {
namespace {

bool client_error(int status) { return status >= 400 && status < 500; }

CreationResult result_of(const HistoryHeader& header, const Exchange& exchange, const std::string& issued) {
  const bool named = !issued.empty() && issued != kCreate;
  switch (exchange.fate) {
    case Fate::kServed:
    case Fate::kCutShort:
      return named ? CreationResult::kMade : CreationResult::kWithoutId;
    case Fate::kRefused:
      // Without the gateway's error header, and where the origin is not seen, it may be the origin's own answer.
      if (error_of(header, exchange.seen).empty() && !exchange.origin_visible)
        return named ? CreationResult::kMade : CreationResult::kUnsaid;
      return CreationResult::kRefused;
    case Fate::kFailed:
    case Fate::kClosed:
    case Fate::kUnknown:
      break;
  }
  return CreationResult::kUnsaid;
}

void explain_refusal(CreationStep& step, std::string_view code, int status) {
  if (step.result != CreationResult::kRefused) return;
  step.as_incorrect_id = code == kBadSessionId;
  step.other_cause = has_other_cause(code, status);
  const bool known = code.empty() || code == kSessionLimit || step.as_incorrect_id || step.other_cause;
  if (!known) step.unknown_cause = code;
}

}  // namespace

CreationStep IssuedBook::creation(const Exchange& exchange) {
  const Observation& seen = exchange.seen;
  CreationStep step{
      .header = header_, .id = seen.id, .account = seen.account, .span = span_of(exchange, header_.tolerance)};
  step.issued = std::string(seen.headers.find(header_.vocabulary.session).value_or(std::string_view{}));
  step.result = result_of(header_, exchange, step.issued);
  explain_refusal(step, error_of(header_, seen), seen.status);
  step.forwarded = !exchange.reached_nothing();
  step.plain = no_other_control(header_, seen);
  count_others(step);
  return step;
}

CreationStep IssuedBook::creation(const ApiCall& call) {
  CreationStep step{.header = header_, .id = call.id, .account = call.account, .span = span_of(call), .by_post = true};
  const bool answered = call.result == ApiResult::kAnswered;
  if (answered) step.issued = call.created;
  if (!answered) {
    step.result = CreationResult::kUnsaid;
  } else if (call.status >= 200 && call.status < 300) {
    step.result = call.malformed || call.created.empty() ? CreationResult::kWithoutId : CreationResult::kMade;
  } else if (client_error(call.status)) {
    step.result = CreationResult::kRefused;
    const std::string& error = header_.vocabulary.error;
    const auto code = error.empty() ? std::nullopt : call.headers.find(error);
    explain_refusal(step, code.value_or(std::string_view{}), call.status);
  }
  count_others(step);
  return step;
}

void IssuedBook::count_others(CreationStep& step) {
  Account& own = account(step.account);
  const auto& without = header_.promised.accounts_without_sessions;
  step.plan_without = std::find(without.begin(), without.end(), step.account) != without.end();
  step.start_unknown = start_unknown(step.span) || forgot_;
  if (step.result == CreationResult::kMade) step.same = find(step.issued);
  step.surely_alive =
      std::max<std::int64_t>(own.census.surely_alive(step.span) - ahead_.ends_during(step.account, step.span), 0);
  step.possibly_alive = own.census.possibly_alive() + ahead_.creations_during(step.account, step.span);
  const std::int64_t cap = header_.promised.session_cap;
  if (everywhere_ > own.census.possibly_alive() && everywhere_ >= cap) {
    for (auto& [name, other] : accounts_) {
      if (name == step.account) continue;
      other.census.advance(step.span, [this](Issued& session) { over(session); });
      step.alive_at_others += other.census.possibly_alive();
    }
  }
  if (step.surely_alive >= cap && lost_exit_ != "lives_on") {
    step.exits_lost = log_.other_lost({}, step.span.from - header_.promised.idle_window, step.span.to);
  }
}

// One more than may be: some session has ended for it, if the gateway keeps to the cap in its own way, and which is
// not known.
void IssuedBook::over_cap(const CreationStep& step) {
  Census& census = account(step.account).census;
  if (step.surely_alive < header_.promised.session_cap) return;
  const std::vector<Issued*> alive = census.surely_alive_now();
  const bool oldest_ends = header_.readings.at("over_session_cap") == "end_oldest";
  const Instant until = oldest_ends ? ends(*alive.front()).to : sim::kNever;
  for (Issued* session : alive) {
    if (session->end_from > until) break;
    session->end = IssuedEnd::kMaybe;
    session->ended = step.span;
    recount(*session);
  }
}

void IssuedBook::adopt(const CreationStep& step, const Exchange* exchange) {
  Account& own = account(step.account);
  if (step.result == CreationResult::kRefused) {
    if (step.possibly_alive >= header_.promised.session_cap) own.refused_creation = step.id;
    return;
  }
  const bool named = !step.issued.empty() && step.issued != kCreate;
  if (!named) {
    // Where no session is named, one may have been made all the same.
    if (step.result == CreationResult::kUnsaid) add_nameless(step.account, step.id, step.span);
    return;
  }
  if (step.result == CreationResult::kMade) over_cap(step);
  Issued made;
  made.id = step.issued;
  made.account = step.account;
  made.created = step.span;
  made.created_by = made.last_ok = step.id;
  made.by_post = step.by_post;
  made.counts_from = made.last_ok_from = step.span.from;
  made.counts_to = step.span.arrived;
  if (exchange != nullptr) {
    made.exit = exchange->exit;
    if (made.exit.empty() && !exchange->upstream.empty()) made.exit = exchange->upstream.front().exit;
    made.host = exchange->seen.host;
    if (step.result != CreationResult::kMade) {
      made.end = IssuedEnd::kMaybe;
      made.ended = step.span;
    }
    lose(made, *exchange, step.span);
  }
  if (Issued* same = find(step.issued)) account(same->account).census.forget(*same);
  add(std::move(made));
}

}  // namespace pinproof::conformance
