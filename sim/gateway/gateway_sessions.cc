// Sessions come and go: made within the limits, given an exit and an id, ended by time or by request.
#include <algorithm>

#include "sim/gateway/gateway_model.h"

namespace pinproof::sim {

ExitId Gateway::Model::pick(CandidatesId among, std::span<const ExitId> avoided, Instant now) {
  const auto acceptable = [avoided](ExitId exit) {
    return std::find(avoided.begin(), avoided.end(), exit) == avoided.end();
  };
  if (!pacer_.active()) return picker_.pick(among, acceptable);
  return picker_.pick_free(among, acceptable, now, [this](ExitId exit) { return pacer_.free_at(exit); });
}

// After expire(), where the sessions that are over are not to count.
const ErrorReply* Gateway::Model::may_create(std::uint32_t account) {
  if (!accounts_[account].plan->sessions) return &rules_.errors.session_not_in_plan;
  const std::uint32_t limit = rules_.session.limit_per_account;
  if (limit == 0) return nullptr;
  const std::size_t counted = rules_.session.limit_over_all ? sessions_.size() : accounts_[account].sessions;
  if (counted < limit) return nullptr;
  if (rules_.session.refused_creations_count) ++accounts_[account].sessions;
  return &rules_.errors.session_limit;
}

// The session of a request that found it an exit and a window; the request is its first.
SessionRef Gateway::Model::create_session(std::string_view key, const Active& active, Instant now) {
  AccountState& account = accounts_[active.account];
  const bool inherits = rules_.session.window_inherited && account.last_ends > now;
  const Duration window = inherits ? std::min(active.window, account.last_ends - now) : active.window;
  const SessionRef ref = sessions_.create(key, static_cast<std::uint16_t>(active.account), window, now);
  Session& session = *sessions_.get(ref);
  session.exit = active.exit;
  session.among = active.among;
  session.requests = 1;
  ++account.sessions;
  account.last_created = ref;
  account.last_ends = session.ends;
  if (rules_.session.said_in == SessionSource::kUserName && key != credentials_.user)
    memory_.user_name.emplace(session.serial, credentials_.user);
  if (rules_.headers.exit_address_stale) memory_.first_exit.emplace(session.serial, session.exit);
  if (rules_.session.kept_max != 0) keep_newest(ref);
  return ref;
}

// Opaque; decimal as in every public example.
std::string Gateway::Model::issue_id() {
  std::string id;
  do {
    id = std::to_string(ids_.between(1'000'000'000, 9'999'999'999));
  } while (sessions_.find(id));
  return id;
}

void Gateway::Model::end_session(SessionRef ref, bool frees_slot) {
  memory_.forget(sessions_.get(ref)->serial);
  if (frees_slot) --accounts_[sessions_.get(ref)->account].sessions;
  sessions_.end(ref);
}

void Gateway::Model::end_expired(SessionRef ref) {
  if (rules_.session.expired_listed) {
    expired_.push_back({sessions_.get(ref)->account, listed(ref)});
    if (expired_.size() > kExpiredKept) expired_.pop_front();
  }
  end_session(ref, rules_.session.expiry_frees_slot);
}

// Reclaims what is over. Nothing depends on when that happens: an ended window is judged by its end wherever it matters.
void Gateway::Model::expire(Instant now) {
  // Some faults need to meet the ended session again.
  const SessionRules& session = rules_.session;
  if (session.loss.expiry_announced || session.loss.outlives_window || session.after_expiry != AfterExpiry::kNew)
    return;
  while (const auto over = sessions_.first_over(now)) end_expired(*over);
}

}  // namespace pinproof::sim
