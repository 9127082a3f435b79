// A request arrives: who asks, whether they may, and which exit it is for.
#include <algorithm>

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
  if (error == nullptr) error = check_limits(begun, now);
  if (error == nullptr) error = check_target(arrived, begun);
  if (error == nullptr && begun.connect && rules_.forwarding.connect == ConnectMode::kIntercept) {
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
  active.retries_left =
      control.retries.value_or(active.in_session ? rules_.retries.in_session : rules_.retries.outside_session);
  if (named) return place_named_session(arrived, user, control, active, now);
  if (issued) return place_issued_session(control, active, now);
  active.among = pool_of(user, control);
  return place_rotating(active, now);
}

CandidatesId Gateway::Model::pool_of(const ProxyUser& user, const ControlHeaders& control) {
  ExitFilter wanted = user.filter();
  if (control.region) wanted.region = *control.region;
  return picker_.candidates(wanted);
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
  active.window = user.window;
  active.window_asked = user.asked;
  const std::string_view key = key_of(arrived, user, active);
  if (key.size() > SessionTable::kKeyMax) return &rules_.errors.user_name_malformed;
  bool expired = false;
  if (const auto known = sessions_.find(key)) {
    if (now < sessions_.get(*known)->ends) return join(*known, active, now);
    // Over, and so a new session, whatever became of the exit (H-STK-4, H-PIN-11).
    end_expired(*known);
    expired = true;
  }
  expire(now);
  if (const ErrorReply* error = may_create(active.account)) return error;
  active.among = pool_of(user, control);
  active.exit = pick(active.among, active.tried, now);
  if (active.exit == kNoExit) return &rules_.errors.no_exit;
  if (rules_.session.pinned_at == PinMoment::kAnswer) {
    active.session_key = key;
    return nullptr;
  }
  active.session = create_session(key, active, now);
  sessions_.get(active.session)->announcement_due = expired && rules_.session.loss.expiry_announced;
  return nullptr;
}

const ErrorReply* Gateway::Model::place_issued_session(const ControlHeaders& control, Active& active, Instant now) {
  expire(now);
  active.window = active.window_asked = rules_.session.window.length;
  if (*control.session == kCreate) {
    if (const ErrorReply* error = may_create(active.account)) return error;
    active.among = picker_.candidates(ExitFilter{});
    active.exit = pick(active.among, active.tried, now);
    if (active.exit == kNoExit) return &rules_.errors.no_exit;
    active.session_key = issue_id();
    active.session = create_session(active.session_key, active, now);
    return nullptr;
  }
  const auto known = sessions_.find(*control.session);
  if (!known) return &rules_.errors.session_unknown;
  const Session& session = *sessions_.get(*known);
  if (now >= session.ends || (rules_.session.owner_checked && session.account != active.account)) {
    return &rules_.errors.session_unknown;
  }
  active.session_key = *control.session;
  return join(*known, active, now);
}

// One more request of a live session. Where time is counted from the last use, each starts it anew (C-SES-7).
const ErrorReply* Gateway::Model::join(SessionRef ref, Active& active, Instant now) {
  Session& session = *sessions_.get(ref);
  ++session.requests;
  active.session = ref;
  active.among = session.among;
  active.exit = session.exit;
  if (rules_.session.window.kind == WindowKind::kIdle) sessions_.restart(ref, active.window, now);
  if (!session.lost || repin(active, now)) return nullptr;
  return &rules_.errors.no_exit;
}

// A fresh exit for every connection, or for every request (H-ROT-1, H-ROT-3).
const ErrorReply* Gateway::Model::place_rotating(Active& active, Instant now) {
  Connection& from = connections_[active.connection];
  const bool same_user = from.rotating_exit != kNoExit && from.rotating_as == credentials_.user;
  if (rules_.rotation.unit == RotationUnit::kConnection && same_user) {
    active.exit = from.rotating_exit;
    return nullptr;
  }
  AccountState& account = accounts_[active.account];
  if (!rules_.rotation.immediate_repeat && account.last_rotating != kNoExit)
    active.tried.push_back(account.last_rotating);
  active.exit = pick(active.among, active.tried, now);
  active.tried.clear();
  // In a pool of one, the one used just before is better than none.
  if (active.exit == kNoExit) active.exit = pick(active.among, active.tried, now);
  if (active.exit == kNoExit) return &rules_.errors.no_exit;
  account.last_rotating = active.exit;
  from.rotating_as = credentials_.user;
  from.rotating_exit = active.exit;
  return nullptr;
}

}  // namespace pinproof::sim
