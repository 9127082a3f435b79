#include "conformance/explore/lower.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "conformance/scenario/limits.h"

namespace pinproof::conformance {
namespace {

/// What is known of a key while its commands are lowered: labels only, since nothing has been played yet.
struct KeyState {
  std::string source;  // label that the session was issued to
  std::string opened;  // label that opened the window, as far as one can tell
  std::string last;
  bool reopens = false;  // the next request opens another: the exit was dropped, or the window waited out
};

struct Flight {
  std::string label;
  bool gated = false;
  bool released = false;
};

class Lowering {
 public:
  Lowering(const SmallWorld& world, bool named) : world_(world), named_(named), keys_(world.keys.size()) {}

  Lowered lower(const Commands& commands) {
    lowered_.scenario.dialect = world_.dialect;
    for (std::size_t i = 0; i < commands.size() && lowered_.scenario.steps.size() < kStepsMax - 2 * kFlights; ++i) {
      command_ = i;
      one(commands[i]);
    }
    close_group();
    for (Flight& flight : flights_) finish(flight);
    return std::move(lowered_);
  }

 private:
  void one(const Command& command) {
    const bool sends = command.verb == Verb::kRequest || command.verb == Verb::kCreate || command.verb == Verb::kList ||
                       command.verb == Verb::kDelete || command.verb == Verb::kFill;
    if (!sends || !command.together || group_.size() >= 8) close_group();
    switch (command.verb) {
      case Verb::kRequest:
        return request(command);
      case Verb::kBegin:
        return begin(command);
      case Verb::kAwait:
        return finish(flights_[command.flight % kFlights], false);
      case Verb::kRelease:
        return release(flights_[command.flight % kFlights]);
      case Verb::kAbandon:
        return abandon(flights_[command.flight % kFlights]);
      case Verb::kClose:
        return close(command);
      case Verb::kWait:
        return wait(command);
      case Verb::kExit:
        return exits(command);
      case Verb::kCreate:
        return create(command, 1);
      case Verb::kFill:
        if (world_.session_cap > 0)
          create(command, static_cast<std::uint32_t>(std::max(1, static_cast<int>(world_.session_cap) + command.over)));
        return;
      case Verb::kList:
      case Verb::kDelete:
        return call(command);
    }
  }

  const Key& key_of(const Command& command) const { return world_.keys[command.key % world_.keys.size()]; }
  KeyState& state_of(const Command& command) { return keys_[command.key % keys_.size()]; }

  std::string next_label(char first, const Command& command) {
    lowered_.keys.push_back(static_cast<std::uint8_t>(command.key % keys_.size()));
    return first + std::to_string(lowered_.keys.size());
  }

  void add(decltype(Step::what) what) {
    std::vector<Step>& steps = lowered_.scenario.steps;
    steps.push_back({std::move(what), "/steps/" + std::to_string(steps.size()), ""});
    lowered_.commands.push_back(command_);
  }

  // The actor with its account; a scenario names all but "client" of account "one".
  std::string actor_of(const Command& command) {
    const Client& client = world_.clients[command.actor % world_.clients.size()];
    if (client.actor != "client" || client.account != "one")
      lowered_.scenario.actors.emplace(client.actor, client.account);
    return client.actor;
  }

  UserName user_of(const Key& key) {
    if (named_) lowered_.scenario.users.emplace(key.name, key.user);
    return key.user;
  }

  ConnectionChoice connection_of(const Command& command) const {
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

  RequestStep request_of(const Command& command, const std::string& label) {
    RequestStep step;
    const Key& key = key_of(command);
    step.label = label;
    step.actor = actor_of(command);
    step.credentials = static_cast<CredentialFault>(command.fault % 5);
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

  /// Which issued session it uses. True: it makes a new one for the key.
  bool use_session(const Command& command, IssuedSession& session) {
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

  void used(const Command& command, const std::string& label, bool makes_session) {
    KeyState& state = state_of(command);
    if (makes_session) pending_sources_.emplace_back(command.key % keys_.size(), label);
    if (state.opened.empty() || state.reopens || makes_session) state.opened = label;
    state.reopens = false;
    state.last = label;
    last_ = label;
  }

  void request(const Command& command) {
    const std::string label = next_label('r', command);
    RequestStep step = request_of(command, label);
    step.count = std::clamp<std::uint32_t>(command.count, 1, kBurstMax);
    if (step.count > 1) step.every = world_.paces[command.every % world_.paces.size()];
    // Nobody sends a second request on a connection before the first is answered.
    if (step.count > 1 || command.together || !group_.empty()) step.connection = {};
    const bool makes = use_session(command, step.session);
    connections_.insert(connection_name(step.actor, step.connection));
    used(command, label, makes);
    group(std::move(step), command);
  }

  void begin(const Command& command) {
    Flight& flight = flights_[command.flight % kFlights];
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

  void finish(Flight& flight, bool release_first = true) {
    if (flight.label.empty()) return;
    if (flight.gated && !flight.released && release_first) add(ReleaseStep{flight.label});
    add(AwaitStep{flight.label, {}});
    flight = {};
  }

  void release(Flight& flight) {
    if (flight.label.empty() || !flight.gated || flight.released) return;
    add(ReleaseStep{flight.label});
    flight.released = true;
  }

  void abandon(Flight& flight) {
    if (flight.label.empty()) return;
    add(AbandonStep{flight.label});
    flight = {};
  }

  static std::string connection_name(const std::string& actor, const ConnectionChoice& choice) {
    return choice.kind == ConnectionChoice::Kind::kNamed  ? "name " + choice.name
           : choice.kind == ConnectionChoice::Kind::kKept ? "actor " + actor
                                                          : std::string();
  }

  void close(const Command& command) {
    const std::string actor = actor_of(command);
    ConnectionChoice choice = connection_of(command);
    if (choice.kind == ConnectionChoice::Kind::kNew) choice.kind = ConnectionChoice::Kind::kKept;
    if (connections_.contains(connection_name(actor, choice))) add(CloseStep{actor, choice});
  }

  void wait(const Command& command) {
    const TimeSpan& span = world_.spans[command.span % world_.spans.size()];
    const KeyState& state = state_of(command);
    Duration length = span.length;
    if (span.of_key) {
      const auto& window = key_of(command).window;
      if (!window) return;
      length = *window;
    }
    length += world_.offsets[command.offset % world_.offsets.size()];
    std::string after;
    if (command.anchor == Anchor::kOpened) after = state.opened;
    if (command.anchor == Anchor::kLast) after = state.last.empty() ? last_ : state.last;
    if (command.anchor != Anchor::kNow && after.empty()) return;
    if (length <= Duration::zero() || length > kWaitMax) return;
    add(WaitStep{length, after});
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (world_.keys[i].window && length >= *world_.keys[i].window) keys_[i].reopens = true;
    }
  }

  void exits(const Command& command) {
    ExitStep step;
    step.action = command.action;
    KeyState& state = state_of(command);
    const Key& key = key_of(command);
    switch (command.aim) {
      case Aim::kInUse:
        if (state.last.empty()) return;
        step.which.served = state.last;
        break;
      case Aim::kAnother:
        if (state.last.empty()) return;
        step.which.not_served = state.last;
        if (!(key.filter == sim::ExitFilter{})) step.which.where = key.filter;
        break;
      case Aim::kInFlight: {
        const Flight& flight = flights_[command.flight % kFlights];
        if (flight.label.empty()) return;
        step.which.served = flight.label;
        break;
      }
      case Aim::kMatching:
        step.which.where = key.filter;
        break;
      case Aim::kAll:
        step.which.where = sim::ExitFilter{};
        break;
    }
    const bool lasts = step.action != sim::ExitAction::kRestore && step.action != sim::ExitAction::kReset;
    const Duration lasting = world_.lasting[command.lasting % world_.lasting.size()];
    if (lasts && lasting > Duration::zero()) step.lasting = lasting;
    if (lasts && command.times > 0) step.count = command.times;
    if (step.action == sim::ExitAction::kSlow) step.delay = world_.spans[1 + command.span % 3].length;
    if (step.action == sim::ExitAction::kDrop) state.reopens = true;
    add(std::move(step));
  }

  void create(const Command& command, std::uint32_t count) {
    if (!world_.issues_sessions || !world_.has_api) return;
    ApiStep step;
    step.label = next_label('c', command);
    step.actor = actor_of(command);
    step.credentials = static_cast<CredentialFault>(command.fault % 5);
    step.operation = ApiOperation::kCreate;
    step.count = std::min(count, kBurstMax);
    if (key_of(command).kind == KeyKind::kSticky) {
      pending_sources_.emplace_back(command.key % keys_.size(), step.label);
      KeyState& state = state_of(command);
      state.opened = step.label;
      state.last.clear();
    }
    group(std::move(step), command);
  }

  void call(const Command& command) {
    if (!world_.has_api) return;
    ApiStep step;
    step.label = next_label(command.verb == Verb::kList ? 'l' : 'd', command);
    step.actor = actor_of(command);
    step.credentials = static_cast<CredentialFault>(command.fault % 5);
    step.operation = command.verb == Verb::kList ? ApiOperation::kList : ApiOperation::kDelete;
    const Key& key = key_of(command);
    if (command.verb == Verb::kDelete) {
      if (world_.issues_sessions) {
        if (key.kind == KeyKind::kRotating) return;
        Command uses = command;
        uses.create = false;
        if (use_session(uses, step.session)) return;
      } else if (key.kind == KeyKind::kSticky) {
        step.user = user_of(key);
      } else {
        return;
      }
    }
    group(std::move(step), command);
  }

  void group(Submission submission, const Command&) {
    if (group_.empty()) group_begin_ = command_;
    group_.push_back(std::move(submission));
  }

  void close_group() {
    if (group_.empty()) return;
    const std::size_t now = std::exchange(command_, group_begin_);
    if (group_.size() == 1) {
      add(DoStep{std::move(group_.front())});
    } else {
      add(ParallelStep{std::move(group_), {}});
    }
    command_ = now;
    group_.clear();
    for (auto& [key, label] : pending_sources_) keys_[key].source = std::move(label);
    pending_sources_.clear();
  }

  const SmallWorld& world_;
  bool named_;
  Lowered lowered_;
  std::vector<KeyState> keys_;
  std::array<Flight, kFlights> flights_;
  std::vector<Submission> group_;                                     // sent at one instant, not yet a step
  std::vector<std::pair<std::size_t, std::string>> pending_sources_;  // known once the group is answered
  std::set<std::string> connections_;
  std::string last_;
  std::size_t command_ = 0;
  std::size_t group_begin_ = 0;
};

}  // namespace

Lowered lower(const Commands& commands, const SmallWorld& world, bool named) {
  return Lowering(world, named).lower(commands);
}

}  // namespace pinproof::conformance
