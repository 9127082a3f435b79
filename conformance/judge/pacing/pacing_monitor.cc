#include "conformance/judge/pacing/pacing_monitor.h"

#include <algorithm>

#include "conformance/judge/pacing/pacing_rules.h"

namespace pinproof::conformance {
namespace {

constexpr std::string_view kCreate = "create";  // in place of an id

bool repeated_without_failure(const std::vector<Attempt>& attempts) {
  const auto unfailed =
      std::count_if(attempts.begin(), attempts.end(), [](const Attempt& attempt) { return !attempt.failed(); });
  return unfailed > 1;
}

std::string session_of(const Observation& seen, const Vocabulary& words) {
  if (seen.session != kCreate) return seen.session;
  return std::string(seen.headers.find(words.session).value_or(std::string_view()));
}

}  // namespace

PacingMonitor::PacingMonitor(const HistoryHeader& header)
    : header_(header),
      terms_(header),
      exits_fixed_(header.readings.at("lost_exit") != "repin" &&
                   header.readings.at("session_across_regions") == "same_exit"),
      lanes_(header_, terms_),
      meaning_{terms_.own_announced, terms_.next_announced} {}

std::shared_ptr<const PacedRequest> PacingMonitor::request_of(const Exchange& exchange,
                                                              const std::vector<Attempt>& attempts) const {
  const Observation& seen = exchange.seen;
  auto request = std::make_shared<PacedRequest>();
  request->id = seen.id;
  request->session = session_of(seen, header_.vocabulary);
  request->host = seen.host;
  request->spacing = header_.promised.delay_of(seen.host);
  request->own_spacing = request->spacing != header_.promised.default_delay;
  request->sent_at = seen.sent_at;
  request->arrived_by = std::max(seen.sent_at, free_again(seen.connection));
  request->ended_at = seen.ended_at;
  request->sent_order = seen.sent_order;
  // On a wall clock two connections may swap what was sent at nearly one instant, and a CONNECT takes a round trip of its own.
  request->arrives_as_sent = request->arrived_by == request->sent_at && header_.clock != ClockKind::kWall &&
                             !(seen.via == Via::kConnect && !seen.inside_tunnel);
  request->fate = exchange.fate;
  request->end = seen.end;
  request->status = seen.status;
  request->retry_after = seen.headers.has("Retry-After");
  if (!header_.vocabulary.error.empty())
    request->error = seen.headers.find(header_.vocabulary.error).value_or(std::string_view());
  if (!header_.vocabulary.next_request_in.empty()) {
    if (const auto value = seen.headers.find(header_.vocabulary.next_request_in))
      request->announced = std::string(*value);
  }
  request->attempts = attempts.size();
  request->forwarded_again = repeated_without_failure(attempts);
  return request;
}

void PacingMonitor::exchange(const ExchangePtr& shared) {
  const Exchange& exchange = *shared;
  const Observation& seen = exchange.seen;
  settle(seen.sent_at);
  const std::vector<Attempt> attempts = attempts_of(exchange);
  const auto request = request_of(exchange, attempts);
  take_connection(seen);
  if (attempts.empty() && seen.credentials != CredentialFault::kNone) return;
  if (attempts.empty()) {
    const bool unanswered = exchange.fate == Fate::kUnknown || exchange.fate == Fate::kClosed;
    coming_.push(
        {request->arrived_by, ++order_, request, std::nullopt, unanswered || !exchange.upstream_visible, false});
  }
  bool retry = false;
  for (const Attempt& attempt : attempts) {
    Forward forward{request,
                    interned(attempt.exit),
                    std::max(attempt.placed_at, request->arrived_by),
                    attempt.from,
                    attempt.to,
                    retry,
                    attempt.end == AttemptEnd::kRefused,
                    false};
    const Instant placed_at = forward.placed_at;
    coming_.push({placed_at, ++order_, request, std::move(forward), false, false});
    retry = true;
  }
  const bool client_gone = seen.end == AnswerEnd::kTimedOut || seen.end == AnswerEnd::kAbandoned;
  if (client_gone && !attempts.empty() && attempts.back().failed())
    coming_.push({attempts.back().to, ++order_, request, std::nullopt, true, true});
}

void PacingMonitor::api_call(const ApiCall& call) {
  for (const ListedSession& session : call.listed) learn_exit(session.id, interned(session.exit));
}

void PacingMonitor::settle(Instant before) {
  while (coming_.any_before(before)) place(coming_.take_first());
  while (going_.any_before(before)) judge(going_.take_first());
}

void PacingMonitor::place(Coming coming) {
  if (!coming.forward) return place_unforwarded(coming);
  Forward& forward = *coming.forward;
  Lane& lane = lanes_.lane_of(forward.exit, forward.request->host, coming.at);
  Placement placement = lanes_.placement(lane, forward.exit, coming.at);
  lanes_.take(lane, forward);
  if (!forward.retry && !forward.refused) learn_exit(forward.request->session, forward.exit);
  going_.push({forward.to, coming.order, std::move(forward), std::move(placement)});
}

void PacingMonitor::place_unforwarded(const Coming& coming) {
  const auto known = exit_of_session_.find(coming.request->session);
  Placement placement;
  PaceStep step{header_, terms_, coming.request.get(), placement, known != exit_of_session_.end()};
  step.meaning = meaning_;
  if (coming.one_more_try) {
    if (!step.lane_known) return lanes_.perhaps_take_any(coming.at, coming.request->spacing);
    return lanes_.perhaps_take(lanes_.lane_of(known->second, coming.request->host, coming.at), coming.at,
                               coming.request->spacing);
  }
  if (!step.lane_known) {
    if (coming.perhaps_unseen) lanes_.perhaps_take_any(coming.at, coming.request->spacing);
    return rule_on(step);
  }
  Lane& lane = lanes_.lane_of(known->second, coming.request->host, coming.at);
  placement = lanes_.placement(lane, known->second, coming.at);
  if (coming.perhaps_unseen) lanes_.perhaps_take(lane, coming.at, coming.request->spacing);
  rule_on(step);
}

void PacingMonitor::judge(Going going) {
  Forward& forward = going.forward;
  const PacedRequest& request = *forward.request;
  Lane& lane = lanes_.lane_of(forward.exit, request.host, going.at);
  PaceStep step{header_, terms_, &request, going.placement};
  step.forward = &forward;
  step.meaning = meaning_;
  if (lane.last_through) step.previous = &*lane.last_through;
  if (lane.last && lane.last->request->id == request.id) step.previous = &*lane.last;
  if (!forward.retry && lane.latest_sent) {
    const PacedRequest& latest = *lane.latest_sent->request;
    if (known_before(request, latest, terms_.slack)) {
      step.overtaker = &*lane.latest_sent;
    } else {
      step.perhaps_overtaken = !known_before(latest, request, terms_.slack);
    }
  }
  rule_on(step);
  learn_meaning(step);

  forward.too_early = step.gap() == Gap::kShort && !step.owner_of_short_gap().empty();
  if (!forward.refused) lane.last_through = forward;
  const bool sent_last = !lane.latest_sent || !known_before(request, *lane.latest_sent->request, terms_.slack);
  if (!forward.retry && sent_last) lane.latest_sent = forward;
  lane.last = std::move(forward);
}

void PacingMonitor::rule_on(const PaceStep& step) {
  for (const PacingRule rule : pacing_rules()) rule(step, holdings_);
  tally_.take(holdings_, step.request->id);
}

// Whose delay is announced is found out from the values: what one of them excludes is excluded from then on.
void PacingMonitor::learn_meaning(const PaceStep& step) {
  const bool open = terms_.own_announced && terms_.next_announced;
  const bool tells =
      step.only_try() && step.request->announced && step.forward->delay_low() >= header_.promised.soft_limit;
  if (!open || !tells) return;
  const auto agreement = agreement_of(step);
  if (!agreement) return;
  const AnnouncedMeaning left{meaning_.own && agreement->own, meaning_.next && agreement->next};
  if (left.own || left.next) meaning_ = left;
}

Instant PacingMonitor::free_again(const std::string& connection) const {
  const auto found = busy_until_.find(connection);
  return found == busy_until_.end() ? sim::kStart : found->second;
}

void PacingMonitor::take_connection(const Observation& seen) {
  if (seen.connection.empty()) return;
  if (busy_until_.size() >= kConnectionsMax) busy_until_.clear();
  const bool opens_tunnel = seen.via == Via::kConnect && !seen.inside_tunnel;
  busy_until_[seen.connection] = opens_tunnel ? seen.answered_at : seen.ended_at;
}

void PacingMonitor::learn_exit(const std::string& session, std::string_view exit) {
  if (session.empty() || exit.empty() || !exits_fixed_) return;
  if (exit_of_session_.size() >= kSessionsMax) exit_of_session_.clear();
  exit_of_session_[session] = exit;
}

std::vector<Finding> PacingMonitor::conclude() {
  settle(sim::kNever);
  return tally_.findings(header_.promised);
}

}  // namespace pinproof::conformance
