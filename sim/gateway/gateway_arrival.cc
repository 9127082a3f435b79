// A request arrives: who asks, whether they may, and which exit it is for.
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "sim/gateway/gateway_model.h"

namespace pinproof::sim {
namespace {

constexpr std::string_view kCreate = "create";

}  // namespace

RequestId Gateway::Model::request(const ArrivedRequest& arrived, Instant now, Effects& effects) {
  const RequestId id = begin(arrived.connection);
  Active& begun = active(id);
  if (arrived.head.target.starts_with('/') && !arrived.inside_tunnel) {
    answer_api(id, arrived.head, now, effects);
    expire(now);
    return id;
  }
  begun.connect = arrived.head.method == "CONNECT";
  begun.body_bytes = arrived.body_bytes;
  ProxyUser user;
  const ErrorReply* error = authenticate(arrived, begun, user);
  if (error != nullptr && rules_.user_name.refused_names_open_sessions) open_for_refused_name(*error, now);
  if (error == nullptr) error = check_limits(begun, now);
  if (error == nullptr) error = check_target(arrived, begun);
  const ConnectMode mode = rules_.forwarding.connect;
  const bool intercepted = mode == ConnectMode::kIntercept || (mode == ConnectMode::kInterceptRotating && !user.sticky);
  if (error == nullptr && begun.connect && intercepted) {
    connection(arrived.connection).credentials = credentials_;
    Headers added;
    add_common(added);
    effects.emplace_back(Intercept{id, std::move(added)});
    end(id);
    return id;
  }
  std::optional<ControlHeaders> control;
  if (error == nullptr) {
    control = read_control_headers(rules_, arrived.head.headers);
    if (!control) error = &rules_.errors.control_header_malformed;
  }
  if (error == nullptr) error = place(arrived, user, *control, begun, now);
  if (error != nullptr) {
    refuse(id, *error, effects);
  } else {
    dispatch(id, now, effects);
  }
  expire(now);
  return id;
}

// Reads the credentials and the user name, and finds the account. Every request is judged by its own credentials, unless the rules say
// otherwise; inside an intercepted tunnel they are CONNECT's.
const ErrorReply* Gateway::Model::authenticate(const ArrivedRequest& arrived, Active& active, ProxyUser& user) {
  Connection& from = connection(arrived.connection);
  const bool once = rules_.authentication.judged_by == CredentialScope::kConnection && from.credentials.has_value();
  const auto field = arrived.head.headers.find("Proxy-Authorization");
  if (once || (arrived.inside_tunnel && !field && from.credentials)) {
    credentials_ = *from.credentials;
  } else if (!field) {
    return &rules_.errors.credentials_missing;
  } else if (!parse_basic(*field, credentials_)) {
    return &rules_.errors.credentials_wrong;
  }
  // Most often this is the key of a session, one of very many: the memory may as well look for it while the name is read.
  sessions_.prefetch(credentials_.user);
  auto parsed = grammar_.parse(credentials_.user);
  if (const auto* error = std::get_if<const ErrorReply*>(&parsed)) return *error;
  user = std::get<ProxyUser>(parsed);
  if (const ErrorReply* error = check_account(user.account, credentials_.password, active.account)) return error;
  if (rules_.authentication.judged_by == CredentialScope::kConnection) from.credentials = credentials_;
  return nullptr;
}

const ErrorReply* Gateway::Model::check_account(std::string_view user, std::string_view password,
                                                std::uint32_t& account) const {
  const std::uint32_t* known = accounts_by_user_.find(user);
  if (known == nullptr) return &rules_.errors.account_unknown;
  if (rules_.authentication.password_checked && rules_.accounts[*known].password != password) {
    return &rules_.errors.credentials_wrong;
  }
  account = *known;
  return nullptr;
}

const ErrorReply* Gateway::Model::check_limits(Active& active, Instant now) {
  AccountState& account = accounts_[active.account];
  Connection& from = connections_[active.connection];
  if (from.account == kNoAccount) {
    if (account.plan->connections != 0 && account.connections >= account.plan->connections)
      return &rules_.errors.connection_limit;
    from.account = active.account;
    ++account.connections;
  }
  if (account.plan->requests_per_second != 0) {
    if (now - account.second >= 1s) {
      account.second = now;
      account.requests = 0;
    }
    if (account.requests >= account.plan->requests_per_second) return &rules_.errors.request_rate_limit;
    ++account.requests;
  }
  return nullptr;
}

const ErrorReply* Gateway::Model::check_target(const ArrivedRequest& arrived, Active& active) {
  const auto target =
      active.connect ? parse_authority_form(arrived.head.target) : parse_absolute_form(arrived.head.target);
  if (!target) return &rules_.errors.bad_request;
  for (const std::string& domain : rules_.forwarding.forbidden_domains) {
    if (within_domain(target->host, domain)) return &rules_.errors.domain_forbidden;
  }
  if (pacer_.active()) active.host = comparable_host(target->host);
  return nullptr;
}

const ErrorReply* Gateway::Model::place(const ArrivedRequest& arrived, const ProxyUser& user,
                                        const ControlHeaders& control, Active& active, Instant now) {
  const bool named = rules_.session.said_in == SessionSource::kUserName && user.sticky;
  const bool issued = rules_.session.said_in == SessionSource::kHeader && control.session.has_value();
  active.timeout = control.timeout;
  active.in_session = named || issued;
  const bool heeded = control.retries && (rules_.retries.header_in_session || !active.in_session);
  active.retries_left = heeded              ? *control.retries
                        : active.in_session ? rules_.retries.in_session
                                            : rules_.retries.outside_session;
  if (!named && !issued) {
    active.among = pool_of(user, control, rules_.rotation.ignored);
    return place_rotating(arrived, active, now);
  }
  const ErrorReply* error = named ? place_named_session(arrived, user, control, active, now)
                                  : place_issued_session(arrived, control, active, now);
  if (error == nullptr && !rules_.forwarding.carried.empty()) carry(arrived.head.headers, active);
  return error;
}

CandidatesId Gateway::Model::pool_of(const ProxyUser& user, const ControlHeaders& control,
                                     std::span<const KeyPart> ignored) {
  ExitFilter wanted = user.filter();
  if (control.region) wanted.region = *control.region;
  return picker_.candidates(less_picky(std::move(wanted), ignored));
}

// The user name is the key (H-STK-1, H-KEY-3), unless the rules take parts of it.
std::string_view Gateway::Model::key_of(const ArrivedRequest& arrived, const ProxyUser& user, const Active& active) {
  const std::vector<KeyPart>& parts = rules_.session.key;
  if (parts.size() == 1 && parts.front() == KeyPart::kUserName) return credentials_.user;
  key_.clear();
  for (const KeyPart part : parts) {
    switch (part) {
      case KeyPart::kUserName:
        key_ += credentials_.user;
        break;
      case KeyPart::kAccount:
        key_ += user.account;
        break;
      case KeyPart::kType:
        key_ += user.type;
        break;
      case KeyPart::kRegion:
        key_ += user.region;
        break;
      case KeyPart::kState:
        key_ += user.state;
        break;
      case KeyPart::kCity:
        key_ += user.city;
        break;
      case KeyPart::kAsn:
        key_ += user.asn;
        break;
      case KeyPart::kSession:
        key_ += user.session;
        break;
      case KeyPart::kMinutes:
        key_ += user.minutes;
        break;
      case KeyPart::kMethod:
        key_ += active.connect ? "tunnel" : "plain";
        break;
      case KeyPart::kConnection:
        key_ += std::to_string(static_cast<std::uint64_t>(arrived.connection));
        break;
    }
    key_ += ' ';
  }
  return key_;
}

const ErrorReply* Gateway::Model::place_named_session(const ArrivedRequest& arrived, const ProxyUser& user,
                                                      const ControlHeaders& control, Active& active, Instant now) {
  active.window = user.window + rules_.session.window.grace;
  active.window_asked = user.asked + rules_.session.window.grace;
  const std::string_view key = key_of(arrived, user, active);
  if (key.size() > SessionTable::kKeyMax) return &rules_.errors.user_name_malformed;
  bool announced = false;
  ExitId exit_before = kNoExit;
  if (const auto known = sessions_.find(key)) {
    if (now < sessions_.get(*known)->ends) return join(*known, active, now);
    // Over, and so a new session, whatever became of the exit (H-STK-4, H-PIN-11).
    const AfterExpiry after = rules_.session.after_expiry;
    if (after == AfterExpiry::kRefused) return &rules_.errors.session_unknown;
    if (after == AfterExpiry::kRotating) {
      active.in_session = false;
      active.among = pool_of(user, control, {});
      return place_rotating(arrived, active, now);
    }
    const Session& over = *sessions_.get(*known);
    const LossRules& loss = rules_.session.loss;
    announced = loss.expiry_announced || (loss.outlives_window && over.lost);
    if (after == AfterExpiry::kSameExit) exit_before = over.exit;
    end_expired(*known);
  }
  expire(now);
  if (const ErrorReply* error = may_create(active.account)) return error;
  active.among = pool_of(user, control, {});
  if (rules_.session.exits_exclusive) avoid_exits_of_sessions(active);
  const bool wider = !rules_.session.ignored.empty();
  active.exit = pick(wider ? pool_of(user, control, rules_.session.ignored) : active.among, active.tried, now);
  if (active.exit == kNoExit) return &rules_.errors.no_exit;
  if (exit_before != kNoExit) active.exit = exit_before;
  if (rules_.session.pinned_at == PinMoment::kAnswer) {
    active.session_key = key;
    return nullptr;
  }
  active.session = create_session(key, active, now);
  sessions_.get(active.session)->announcement_due = announced;
  return nullptr;
}

const ErrorReply* Gateway::Model::place_issued_session(const ArrivedRequest& arrived, const ControlHeaders& control,
                                                       Active& active, Instant now) {
  expire(now);
  active.window = active.window_asked = rules_.session.window.length;
  if (*control.session == kCreate) return create_issued_session(active, now);
  const auto known = sessions_.find(*control.session);
  if (!known) return place_unknown_session(arrived, control, active, now);
  const Session& session = *sessions_.get(*known);
  if (now >= session.ends || (rules_.session.owner_checked && session.account != active.account)) {
    return &rules_.errors.session_unknown;
  }
  const bool posted = session.requests == 0;
  if (posted && !rules_.api.created_usable) return &rules_.errors.session_unknown;
  active.session_key = *control.session;
  const ErrorReply* error = join(*known, active, now);
  if (error == nullptr && rules_.session.exit_a_host) give_host_an_exit(active, now);
  return error;
}

const ErrorReply* Gateway::Model::create_issued_session(Active& active, Instant now) {
  if (rules_.session.concurrent_creations_share) {
    const SessionRef last = accounts_[active.account].last_created;
    if (const Session* created = sessions_.get(last); created != nullptr && !created->confirmed) {
      active.session_key = sessions_.key(last);
      return join(last, active, now);
    }
  }
  if (const ErrorReply* error = may_create(active.account)) return error;
  active.among = picker_.candidates(ExitFilter{});
  active.exit = pick(active.among, active.tried, now);
  if (active.exit == kNoExit) return &rules_.errors.no_exit;
  active.session_key = issue_id();
  active.session = create_session(active.session_key, active, now);
  if (rules_.session.exit_a_host) give_host_an_exit(active, now);
  if (!rules_.session.created_id_told) active.session_key.clear();
  if (rules_.session.creation_elsewhere) {
    const ExitId elsewhere = pick(active.among, std::array{active.exit}, now);
    if (elsewhere != kNoExit) active.exit = elsewhere;
  }
  return nullptr;
}

// An incorrect id is refused (C-SES-4), unless the rules have a fault.
const ErrorReply* Gateway::Model::place_unknown_session(const ArrivedRequest& arrived, const ControlHeaders& control,
                                                        Active& active, Instant now) {
  const UnknownId what = rules_.session.unknown_id;
  if (what == UnknownId::kRefused || control.session->size() > SessionTable::kKeyMax) {
    return &rules_.errors.session_unknown;
  }
  active.among = picker_.candidates(ExitFilter{});
  if (what == UnknownId::kRotating) {
    active.in_session = false;
    return place_rotating(arrived, active, now);
  }
  if (const ErrorReply* error = may_create(active.account)) return error;
  active.exit = pick(active.among, active.tried, now);
  if (active.exit == kNoExit) return &rules_.errors.no_exit;
  active.session_key = *control.session;
  active.session = create_session(active.session_key, active, now);
  return nullptr;
}

// One more request of a live session. Where time is counted from the last use, each starts it anew (C-SES-7).
const ErrorReply* Gateway::Model::join(SessionRef ref, Active& active, Instant now) {
  Session& session = *sessions_.get(ref);
  ++session.requests;
  active.session = ref;
  active.among = session.among;
  active.exit = session.exit;
  if (rules_.session.window.kind == WindowKind::kIdle) sessions_.restart(ref, active.window, now);
  if (rules_.session.loss.exhausted_for_good && memory_.exhausted.contains(session.serial))
    return &rules_.errors.no_exit;
  const std::uint32_t moves_after = rules_.session.moves_after;
  if (moves_after != 0 && session.requests > 1 && (session.requests - 1) % moves_after == 0) move(ref, active, now);
  if (!session.lost || repin(active, now)) return nullptr;
  return &rules_.errors.no_exit;
}

// A fresh exit for every connection, or for every request (H-ROT-1, H-ROT-3).
const ErrorReply* Gateway::Model::place_rotating(const ArrivedRequest& arrived, Active& active, Instant now) {
  Connection& from = connections_[active.connection];
  const bool same_user = from.rotating_exit != kNoExit && from.rotating_as == credentials_.user;
  if (rules_.rotation.unit == RotationUnit::kConnection && same_user) {
    active.exit = from.rotating_exit;
    return nullptr;
  }
  const bool closes = rules_.rotation.exit_kept_on_close && arrived.head.headers.find("Connection") == "close";
  active.exit = fresh_exit(active, closes, now);
  if (active.exit == kNoExit) return &rules_.errors.no_exit;
  from.rotating_as = credentials_.user;
  from.rotating_exit = active.exit;
  return nullptr;
}

ExitId Gateway::Model::fresh_exit(Active& active, bool closes, Instant now) {
  AccountState& account = accounts_[active.account];
  if (closes && account.closing_as == credentials_.user) return account.closing_exit;
  const std::uint32_t shared_by = rules_.rotation.connections_an_exit;
  const bool shared = shared_by == 0 || account.connections_of_exit < shared_by;
  if (shared_by != 1 && shared && account.rotating_as == credentials_.user) {
    ++account.connections_of_exit;
    return account.last_rotating;
  }
  if (!rules_.rotation.immediate_repeat && account.last_rotating != kNoExit)
    active.tried.push_back(account.last_rotating);
  ExitId exit = pick(active.among, active.tried, now);
  active.tried.clear();
  // In a pool of one, the one used just before is better than none.
  if (exit == kNoExit) exit = pick(active.among, active.tried, now);
  if (exit == kNoExit) return kNoExit;
  account.last_rotating = exit;
  if (shared_by != 1) {
    account.rotating_as = credentials_.user;
    account.connections_of_exit = 1;
  }
  if (closes) {
    account.closing_as = credentials_.user;
    account.closing_exit = exit;
  }
  return exit;
}

}  // namespace pinproof::sim
