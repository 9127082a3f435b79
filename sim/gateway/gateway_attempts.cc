// Attempts at an exit: sent, answered, failed, tried again; and what the loss of an exit does to a session.
#include <algorithm>

#include "sim/core/check.h"
#include "sim/gateway/gateway_model.h"

namespace pinproof::sim {

// Sends the request to its exit as soon as pacing lets it, or refuses it.
void Gateway::Model::dispatch(RequestId id, Instant now, Effects& effects) {
  Active& request = active(id);
  const bool unpaced =
      (request.attempt > 0 && !rules_.retries.paced) || (rules_.pacing.sessions_only && !request.in_session);
  if (!pacer_.active() || unpaced) return forward(id, now, effects);
  const Session* session = sessions_.get(request.session);
  const Paced paced = pacer_.take(request.exit, request.host, session == nullptr ? 0 : session->serial, now);
  request.delay = paced.delay;
  request.next_delay = paced.next;
  if (paced.refused) {
    const Duration retry_after =
        rules_.pacing.retry_after_told ? paced.delay - rules_.pacing.ceiling : Duration::zero();
    return refuse(id, rules_.errors.delay_ceiling, effects, retry_after);
  }
  if (paced.start <= now) return forward(id, now, effects);
  request.phase = Phase::kHeld;
  ++counters_.held;
  request.held_until = paced.start;
  timers_.set(slot_of(id), paced.start);
}

void Gateway::Model::forward(RequestId id, Instant now, Effects& effects) {
  Active& request = active(id);
  ++request.attempt;
  timers_.set(slot_of(id), now + request.timeout);
  if (rules_.session.loss.announced == Announcement::kEachWaiting) {
    const Session* session = sessions_.get(request.session);
    request.announces = session != nullptr && session->announcement_due;
  }
  Headers kept = request.carried;
  if (rules_.forwarding.cookies_kept != CookieJar::kNone) add_cookies(request, kept);
  effects.emplace_back(Forward{id, request.exit, request.attempt, std::move(kept)});
}

void Gateway::Model::answer(RequestId id, const ResponseHead& head, Instant now, Effects& effects) {
  Active& request = active(id);
  PINPROOF_CHECK(request.phase == Phase::kForwarded, "an answer to a request that waits for none");
  const std::string& mark = rules_.forwarding.exit_error_mark;
  const bool exits_own_error = head.status >= 500 && !mark.empty() && head.headers.has(mark);
  const bool no_tunnel = request.connect && (head.status < 200 || head.status > 299);
  if (exits_own_error || no_tunnel) {
    failed(id, rules_.errors.exit_failed, false, now, effects);
    return;
  }
  timers_.cancel(slot_of(id));
  if (!request.session_key.empty() && rules_.session.pinned_at == PinMoment::kAnswer) pin_at_answer(request, now);
  if (rules_.forwarding.cookies_kept != CookieJar::kNone) keep_cookies(request, head.headers);
  Headers added = relay_headers(request, head, now);
  request.phase = Phase::kRelayed;
  --counters_.active;
  effects.emplace_back(Relay{id, std::move(added)});
}

// The slow kind of pin: the first answer makes the session, unless another request's has made one meanwhile.
void Gateway::Model::pin_at_answer(Active& request, Instant now) {
  if (const auto known = sessions_.find(request.session_key)) {
    if (now < sessions_.get(*known)->ends) return;
    end_expired(*known);
  }
  request.session = create_session(request.session_key, request, now);
}

void Gateway::Model::attempt_failed(RequestId id, AttemptFailure failure, Instant now, Effects& effects) {
  Active& request = active(id);
  const CutAnswer cut = rules_.session.loss.cut_answer;
  if (cut == CutAnswer::kHung && failure != AttemptFailure::kRefused) {
    timers_.cancel(slot_of(id));
    return lose(request, now);
  }
  if (request.phase == Phase::kRelayed) {
    lose(request, now);
    effects.emplace_back(Abort{id, cut == CutAnswer::kEnded});
    return end(id);
  }
  if (failure == AttemptFailure::kRefused) {
    if (replace_exit(request, now)) return dispatch(id, now, effects);
    return failed(id, rules_.errors.exit_refused, true, now, effects);
  }
  // The exit went away under a request that had gone out: that one fails (H-PIN-9) and the session has lost its exit.
  const bool retries_on = request.in_session && request.retries_left > 0;
  if (!retries_on) {
    lose(request, now);
    if (rules_.session.loss.in_flight_retried && replace_exit(request, now)) return dispatch(id, now, effects);
  }
  failed(id, failure == AttemptFailure::kReset ? rules_.errors.exit_reset : rules_.errors.exit_failed, false, now,
         effects);
}

// In a session whose exits are replaced, a request whose exit has gone goes out again through another (H-PIN-1). Another request of the
// session may have found the loss first; then it has the new exit already.
bool Gateway::Model::replace_exit(Active& active, Instant now) {
  Session* session = sessions_.get(active.session);
  if (session == nullptr || rules_.session.loss.policy != LossPolicy::kRepin) return false;
  active.tried.push_back(active.exit);
  if (++active.picks > rules_.session.loss.picks_max) return false;
  if (session->exit != active.exit && !session->lost) {
    active.exit = session->exit;
    return true;
  }
  if (session->confirmed || session->lost) {
    lose(active, now);
    return repin(active, now);
  }
  // No answer ever came through it, so nothing was pinned yet: another pick, unannounced, in the same window.
  const ExitId exit = pick(active.among, active.tried, now);
  if (exit == kNoExit) return false;
  session->exit = exit;
  active.exit = exit;
  return true;
}

// The session's exit is gone. What that means is the rules': the next request is re-pinned, or the session ends, or it lives on.
void Gateway::Model::lose(Active& active, Instant now) {
  Connection& from = connections_[active.connection];
  if (from.rotating_exit == active.exit) from.rotating_exit = kNoExit;
  Session* session = sessions_.get(active.session);
  if (session == nullptr || session->exit != active.exit || session->lost) return;
  const LossRules& loss = rules_.session.loss;
  if (loss.policy == LossPolicy::kLiveOn) return;
  if (loss.policy == LossPolicy::kEnd) return end_session(active.session, true);
  if (!session->confirmed) return;
  const std::string region = exits_[index_of(active.exit)].region;
  session->lost = true;
  if (loss.window_from_loss) sessions_.restart(active.session, sessions_.window(active.session), now);
  if (loss.reach == LossReach::kSession) return;
  for (const SessionRef ref : sessions_.all()) {
    Session& neighbour = *sessions_.get(ref);
    if (neighbour.lost || (loss.reach == LossReach::kRegion && exits_[index_of(neighbour.exit)].region != region))
      continue;
    neighbour.lost = true;
  }
}

// Gives a session that lost its exit a fresh one from the same pool, and a fresh window (H-PIN-1, H-PIN-3, H-PIN-5).
bool Gateway::Model::repin(Active& active, Instant now) {
  Session* session = sessions_.get(active.session);
  if (session == nullptr) return false;
  const LossRules& loss = rules_.session.loss;
  if (loss.repins_max != 0 && ++memory_.repins[session->serial] > loss.repins_max) return false;
  const ExitId exit = pick_after_loss(active, session->exit, now);
  if (exit == kNoExit) return false;
  session->exit = exit;
  session->lost = false;
  session->announcement_due = !session->repinned || !loss.announced_once_a_session;
  session->repinned = true;
  active.exit = exit;
  if (rules_.session.window.restarts_on_repin && !loss.window_from_loss) {
    const bool capped = rules_.session.window.cap_after_repin;
    sessions_.restart_provisionally(active.session, capped ? active.window : active.window_asked, now);
  }
  return true;
}

ExitId Gateway::Model::pick_after_loss(Active& active, ExitId lost, Instant now) {
  const LossRules& loss = rules_.session.loss;
  CandidatesId among = active.among;
  if (loss.pool != RepinPool::kMatching) {
    ExitFilter wider;
    if (loss.pool == RepinPool::kType) wider.type = exits_[index_of(lost)].type;
    among = picker_.candidates(wider);
  }
  if (!loss.ignored.empty()) among = picker_.candidates(less_picky(picker_.filter(among), loss.ignored));
  if (active.lost == kNoExit) active.lost = lost;
  const bool untried = std::find(active.tried.begin(), active.tried.end(), active.lost) == active.tried.end();
  if (!untried || loss.choice == RepinChoice::kAny) return pick(among, active.tried, now);
  if (loss.choice == RepinChoice::kSame) return active.lost;
  // The lost one only when there is no other: it may be back, and a session recovers as soon as any exit does (H-PIN-12).
  active.tried.push_back(active.lost);
  const ExitId other = pick(among, active.tried, now);
  active.tried.pop_back();
  return other != kNoExit ? other : pick(among, active.tried, now);
}

// An attempt has failed for good reason: another one where retries are on, or the error.
void Gateway::Model::failed(RequestId id, const ErrorReply& error, bool nothing_forwarded, Instant now,
                            Effects& effects) {
  if (retry(id, nothing_forwarded, now, effects)) return;
  if (nothing_forwarded) lose(active(id), now);
  // Nothing left to pick in a pool that replaces its exits is told apart from one exit that refuses.
  const bool exhausted = nothing_forwarded && sessions_.get(active(id).session) != nullptr &&
                         rules_.session.loss.policy == LossPolicy::kRepin;
  // No re-pin came about, so the window is the one there was.
  if (exhausted) sessions_.take_back(active(id).session);
  if (exhausted && rules_.session.loss.exhausted_for_good) {
    memory_.exhausted.insert(sessions_.get(active(id).session)->serial);
  }
  refuse(id, exhausted ? rules_.errors.no_exit : error, effects);
}

// Retries in a session keep to its exit (C-RET-2); outside one each goes through another (C-RET-3).
bool Gateway::Model::retry(RequestId id, bool nothing_forwarded, Instant now, Effects& effects) {
  Active& request = active(id);
  if (request.retries_left == 0) return false;
  if (!request.in_session && !nothing_forwarded && !rules_.retries.after_forwarding) return false;
  --request.retries_left;
  timers_.cancel(slot_of(id));
  const RetryExit through = request.in_session ? rules_.retries.session_exit : rules_.retries.outside_exit;
  if (through == RetryExit::kOther) {
    request.tried.push_back(request.exit);
    const ExitId exit = pick(request.among, request.tried, now);
    if (exit == kNoExit) return false;
    request.exit = exit;
    Connection& from = connections_[request.connection];
    if (!request.in_session) from.rotating_exit = exit;
  }
  dispatch(id, now, effects);
  return true;
}

}  // namespace pinproof::sim
