#include "sim/gateway/gateway.h"

#include "sim/core/check.h"
#include "sim/gateway/gateway_model.h"

namespace pinproof::sim {
namespace {

// Names carry a generation, so that a shell that speaks of something over is found out.
constexpr std::uint64_t name_of(std::uint32_t slot, std::uint32_t generation) {
  return static_cast<std::uint64_t>(generation) << 32U | slot;
}
constexpr std::uint32_t slot_in(std::uint64_t name) { return static_cast<std::uint32_t>(name); }
constexpr std::uint32_t generation_of(std::uint64_t name) { return static_cast<std::uint32_t>(name >> 32U); }

}  // namespace

Gateway::Model::Model(Rules rules, std::vector<Exit> exits, std::uint64_t seed)
    : rules_(std::move(rules)),
      exits_(std::move(exits)),
      said_of_exit_(exits_.size()),
      grammar_(rules_.user_name, rules_.session.window, rules_.errors),
      picker_(exits_, Random(seed).split("picks")),
      pacer_(rules_.pacing),
      ids_(Random(seed).split("ids")) {
  PINPROOF_CHECK(rules_.accounts.size() <= 0xffff, "{} accounts", rules_.accounts.size());
  for (const Account& account : rules_.accounts) {
    accounts_by_user_.insert(account.user, static_cast<std::uint32_t>(accounts_.size()));
    AccountState& state = accounts_.emplace_back();
    for (const PlanRules& plan : rules_.plans) {
      if (plan.name == account.plan) state.plan = &plan;
    }
    PINPROOF_CHECK(state.plan != nullptr, "account {} has an unknown plan {}", account.name, account.plan);
  }
}

ConnectionId Gateway::Model::connect() {
  auto slot = static_cast<std::uint32_t>(connections_.size());
  if (free_connections_.empty()) {
    connections_.emplace_back();
  } else {
    slot = free_connections_.back();
    free_connections_.pop_back();
  }
  connections_[slot].open = true;
  return static_cast<ConnectionId>(name_of(slot, connections_[slot].generation));
}

void Gateway::Model::disconnect(ConnectionId id) {
  Connection& closed = connection(id);
  if (closed.account != kNoAccount) --accounts_[closed.account].connections;
  closed.open = false;
  closed.account = kNoAccount;
  closed.credentials.reset();
  closed.rotating_as.clear();
  closed.rotating_exit = kNoExit;
  ++closed.generation;
  free_connections_.push_back(slot_in(static_cast<std::uint64_t>(id)));
}

Gateway::Model::Connection& Gateway::Model::connection(ConnectionId id) {
  const auto name = static_cast<std::uint64_t>(id);
  PINPROOF_CHECK(slot_in(name) < connections_.size() && connections_[slot_in(name)].open &&
                     connections_[slot_in(name)].generation == generation_of(name),
                 "connection {} is not open", name);
  return connections_[slot_in(name)];
}

Gateway::Model::Active& Gateway::Model::active(RequestId id) {
  const auto name = static_cast<std::uint64_t>(id);
  PINPROOF_CHECK(slot_in(name) < active_.size() && active_[slot_in(name)].phase != Phase::kFree &&
                     active_[slot_in(name)].generation == generation_of(name),
                 "request {} is over", name);
  return active_[slot_in(name)];
}

RequestId Gateway::Model::begin(ConnectionId connection) {
  auto slot = static_cast<std::uint32_t>(active_.size());
  if (free_active_.empty()) {
    active_.emplace_back();
  } else {
    slot = free_active_.back();
    free_active_.pop_back();
  }
  Active& begun = active_[slot];
  begun.phase = Phase::kForwarded;
  begun.connection = slot_in(static_cast<std::uint64_t>(connection));
  begun.arrival = ++counters_.received;
  ++counters_.active;
  return static_cast<RequestId>(name_of(slot, begun.generation));
}

void Gateway::Model::end(RequestId id) {
  Active& over = active(id);
  const std::uint32_t slot = slot_of(id);
  if (over.phase != Phase::kRelayed) --counters_.active;
  if (over.phase == Phase::kHeld) --counters_.held;
  timers_.cancel(slot);
  // Buffers are kept for the next request of this slot.
  over.phase = Phase::kFree;
  ++over.generation;
  over.account = kNoAccount;
  over.connect = false;
  over.in_session = false;
  over.session = SessionRef{};
  over.session_key.clear();
  over.exit = kNoExit;
  over.attempt = 0;
  over.picks = 0;
  over.tried.clear();
  over.lost = kNoExit;
  over.host.clear();
  over.delay = Duration::zero();
  over.next_delay = Duration::zero();
  over.body_bytes.reset();
  over.announces = false;
  over.carried.clear();
  free_active_.push_back(slot);
}

void Gateway::Model::finished(RequestId id, std::uint64_t bytes_up, std::uint64_t bytes_down, Instant) {
  // Billed in a session as outside one (H-NOT-1).
  if (Session* session = sessions_.get(active(id).session))
    session->bytes_used += bytes_told(active(id), bytes_up + bytes_down);
  end(id);
}

void Gateway::Model::client_gone(RequestId id, Instant, Effects& effects) {
  if (active(id).phase != Phase::kHeld) effects.emplace_back(Cancel{id});
  end(id);
}

void Gateway::Model::advance(Instant now, Effects& effects) {
  while (timers_.earliest() <= now) {
    std::uint32_t slot = timers_.pop();
    if (active_[slot].phase == Phase::kHeld && rules_.pacing.newest_first) {
      const std::uint32_t newest = newest_waiting_for(active_[slot].exit);
      std::swap(active_[slot].held_until, active_[newest].held_until);
      if (newest != slot) timers_.set(slot, active_[slot].held_until);
      timers_.cancel(newest);
      slot = newest;
    }
    const auto id = static_cast<RequestId>(name_of(slot, active_[slot].generation));
    if (active_[slot].phase == Phase::kHeld) {
      active_[slot].phase = Phase::kForwarded;
      --counters_.held;
      forward(id, now, effects);
      if (rules_.pacing.forwarded_twice) forward(id, now, effects);
    } else {
      effects.emplace_back(Cancel{id});
      failed(id, rules_.errors.exit_timed_out, false, now, effects);
    }
  }
  expire(now);
}

Gateway::Gateway(Rules rules, std::vector<Exit> exits, std::uint64_t seed)
    : model_(std::make_unique<Model>(std::move(rules), std::move(exits), seed)) {}
Gateway::~Gateway() = default;

ConnectionId Gateway::connect() { return model_->connect(); }
void Gateway::disconnect(ConnectionId connection) { model_->disconnect(connection); }

RequestId Gateway::request(const ArrivedRequest& arrived, Instant now, Effects& effects) {
  return model_->request(arrived, now, effects);
}
void Gateway::answer(RequestId request, const ResponseHead& head, Instant now, Effects& effects) {
  model_->answer(request, head, now, effects);
}
void Gateway::attempt_failed(RequestId request, AttemptFailure failure, Instant now, Effects& effects) {
  model_->attempt_failed(request, failure, now, effects);
}
void Gateway::finished(RequestId request, std::uint64_t bytes_up, std::uint64_t bytes_down, Instant now) {
  model_->finished(request, bytes_up, bytes_down, now);
}
void Gateway::client_gone(RequestId request, Instant now, Effects& effects) {
  model_->client_gone(request, now, effects);
}
void Gateway::advance(Instant now, Effects& effects) { model_->advance(now, effects); }

Instant Gateway::next_deadline() const { return model_->next_deadline(); }
GatewayCounters Gateway::counters() const { return model_->counters(); }
const Rules& Gateway::rules() const { return model_->rules(); }
ExitId Gateway::exit_of_session(std::string_view name, Instant now) const { return model_->exit_of_session(name, now); }
std::size_t Gateway::sessions() const { return model_->sessions().size(); }
std::size_t Gateway::session_memory_bytes() const { return model_->sessions().memory_bytes(); }

}  // namespace pinproof::sim
