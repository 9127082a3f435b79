#include "conformance/explore/lowering.h"

#include <algorithm>
#include <utility>

#include "conformance/scenario/limits.h"

namespace pinproof::conformance {

namespace {

ConnectionChoice connection_of(const Command& command) {
  switch (command.connection) {
    case ConnectionUse::kNew:
      break;
    case ConnectionUse::kKept:
      return {ConnectionChoice::Kind::kKept, ""};
    case ConnectionUse::kShared:
      return {ConnectionChoice::Kind::kNamed, "shared"};
  }
  return {};
}

std::string connection_name(const std::string& actor, const ConnectionChoice& choice) {
  return choice.kind == ConnectionChoice::Kind::kNamed  ? "name " + choice.name
         : choice.kind == ConnectionChoice::Kind::kKept ? "actor " + actor
                                                        : std::string();
}

}  // namespace

// The actor with its account; a scenario names all but "client" of account "one".
std::string Lowering::actor_of(const Command& command) {
  const Client& client = world_.clients[command.actor % world_.clients.size()];
  if (client.actor != "client" || client.account != "one")
    lowered_.scenario.actors.emplace(client.actor, client.account);
  return client.actor;
}

UserName Lowering::user_of(const Key& key) {
  if (named_) lowered_.scenario.users.emplace(key.name, key.user);
  return key.user;
}

RequestStep Lowering::request_of(const Command& command, const std::string& label) {
  RequestStep step;
  const Key& key = key_of(command);
  step.label = label;
  step.actor = actor_of(command);
  step.credentials = static_cast<CredentialFault>(command.fault % kFaults);
  if (world_.names_sessions) step.user = user_of(key);
  step.via = command.connect ? Via::kConnect : Via::kPlain;
  step.connection = connection_of(command);
  step.host = world_.hosts[command.host % world_.hosts.size()];
  const Load& load = world_.loads[command.load % world_.loads.size()];
  step.method = load.method;
  step.body_bytes = load.body_bytes;
  step.answer_bytes = load.answer_bytes;
  step.answer_status = load.answer_status;
  step.answer_cookie = load.answer_cookie;
  step.headers = world_.headers[command.headers % world_.headers.size()];
  const std::string& retries = world_.retries[command.retries % world_.retries.size()];
  if (!retries.empty()) step.headers.emplace_back(world_.retries_header, retries);
  return step;
}

bool Lowering::use_session(const Command& command, IssuedSession& session) {
  const Key& key = key_of(command);
  if (!world_.issues_sessions || key.kind == KeyKind::kRotating) return false;
  if (key.kind == KeyKind::kMalformed) {
    session = key.session;
    return false;
  }
  const std::string& source = state_of(command).source;
  if (source.empty() || command.create) {
    session = {IssuedSession::Kind::kCreate, ""};
    return true;
  }
  session = {IssuedSession::Kind::kOf, source};
  return false;
}

void Lowering::used(const Command& command, const std::string& label, bool makes_session) {
  KeyState& state = state_of(command);
  if (makes_session) pending_sources_.emplace_back(command.key % keys_.size(), label);
  if (state.opened.empty() || state.reopens || makes_session) state.opened = label;
  state.reopens = false;
  state.last = label;
  last_ = label;
}

void Lowering::request(const Command& command) {
  const std::string label = next_label('r', command);
  RequestStep step = request_of(command, label);
  step.count = std::clamp<std::uint32_t>(command.count, 1, kBurstMax);
  if (step.count > 1) step.every = world_.paces[command.every % world_.paces.size()];
  // Nobody sends a second request on a connection before the first is answered.
  if (step.count > 1 || command.together || !group_.empty()) step.connection = {};
  const bool makes = use_session(command, step.session);
  connections_.insert(connection_name(step.actor, step.connection));
  used(command, label, makes);
  group(std::move(step));
}

void Lowering::begin(const Command& command) {
  Flight& flight = flight_of(command);
  if (!flight.label.empty()) return;
  const std::string label = next_label('b', command);
  RequestStep step = request_of(command, label);
  if (use_session(command, step.session)) step.session = {};  // its id would not be known to what follows
  if (command.connection != ConnectionUse::kNew)
    step.connection = {ConnectionChoice::Kind::kNamed, "flight" + std::to_string(command.flight % kFlights)};
  if (command.gated) {
    step.answer_bytes = std::max<std::uint64_t>(step.answer_bytes, 1'000);
    step.gate_at = 100;
  }
  flight = {label, command.gated, false};
  used(command, label, false);
  add(BeginStep{std::move(step)});
}

void Lowering::finish(Flight& flight, bool release_first) {
  if (flight.label.empty()) return;
  if (flight.gated && !flight.released && release_first) add(ReleaseStep{flight.label});
  add(AwaitStep{flight.label, {}});
  flight = {};
}

void Lowering::release(Flight& flight) {
  if (flight.label.empty() || !flight.gated || flight.released) return;
  add(ReleaseStep{flight.label});
  flight.released = true;
}

void Lowering::abandon(Flight& flight) {
  if (flight.label.empty()) return;
  add(AbandonStep{flight.label});
  flight = {};
}

void Lowering::close(const Command& command) {
  const std::string actor = actor_of(command);
  ConnectionChoice choice = connection_of(command);
  if (choice.kind == ConnectionChoice::Kind::kNew) choice.kind = ConnectionChoice::Kind::kKept;
  if (connections_.contains(connection_name(actor, choice))) add(CloseStep{actor, choice});
}

}  // namespace pinproof::conformance
