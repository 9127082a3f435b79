// The sessions API: the gateway's own resource, asked for in origin-form. Two styles: a map of ids to exits with creation (C-SES-3,
// C-SES-5, C-SES-6), and a list with filters and pages of sessions that user names opened (H-EXT-3).
#include <charconv>

#include "sim/gateway/gateway_model.h"
#include "sim/http/percent.h"
#include "sim/http/target.h"

namespace pinproof::sim {
namespace {

constexpr std::string_view kSerialPrefix = "ses_";

std::optional<std::uint64_t> read_serial(std::string_view text) {
  if (!text.starts_with(kSerialPrefix)) return std::nullopt;
  text.remove_prefix(kSerialPrefix.size());
  std::uint64_t serial = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), serial);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return serial;
}

// The filters of a listing's query. One that is not there lets every session pass.
class SessionFilter {
 public:
  explicit SessionFilter(std::string_view target)
      : subuser_(wanted(target, "subuser")),
        session_id_(wanted(target, "session_id")),
        region_(wanted(target, "region")),
        asn_(wanted(target, "asn")),
        repinned_(wanted(target, "repinned")) {}

  bool passes(const ListedSessionFields& fields) const {
    return agrees(subuser_, fields.subuser) && agrees(session_id_, fields.session_id) &&
           agrees(region_, fields.region) && agrees(asn_, std::to_string(fields.asn)) &&
           agrees(repinned_, fields.repinned ? "true" : "false");
  }

 private:
  using Wanted = std::optional<std::string>;
  static Wanted wanted(std::string_view target, std::string_view field) {
    const auto value = query_value(target, field);
    return value ? Wanted(percent_decoded(*value)) : std::nullopt;
  }
  static bool agrees(const Wanted& wanted, std::string_view value) { return !wanted || *wanted == value; }

  Wanted subuser_, session_id_, region_, asn_, repinned_;
};

Reply reply_with(int status, std::string body, std::string_view type) {
  Reply reply;
  reply.head.status = status;
  reply.body = std::move(body);
  if (!reply.body.empty()) reply.head.headers.add("Content-Type", type);
  return reply;
}

}  // namespace

void Gateway::Model::answer_api(RequestId id, const RequestHead& head, Instant now, Effects& effects) {
  const std::string_view target = head.target;
  const std::string_view path = target.substr(0, target.find('?'));
  const std::string& root = rules_.api.path;
  const bool collection = path == root;
  const bool item = path.size() > root.size() + 1 && path.starts_with(root) && path[root.size()] == '/';
  const std::string name = item ? percent_decoded(path.substr(root.size() + 1)) : std::string();
  const bool id_map = rules_.api.style == ApiStyle::kIdMap;
  const std::uint32_t account = api_account(head.headers);
  Reply reply;
  if (root.empty() || (!collection && !item)) {
    reply = api_error(rules_.errors.api_unknown);
  } else if (account == kNoAccount) {
    reply = api_error(rules_.errors.api_credentials);
  } else if (collection && head.method == "GET") {
    reply = api_list(account, target, now);
  } else if (collection && head.method == "POST" && id_map) {
    reply = api_create(account, now);
  } else if (item && head.method == "GET" && !id_map) {
    reply = api_show(account, name, now);
  } else if (item && head.method == "DELETE") {
    reply = api_delete(account, name, now);
  } else {
    reply = api_error(rules_.errors.api_unknown);
  }
  reply.request = id;
  add_common(reply.head.headers);
  if (reply.head.status != 204) reply.head.headers.add_number("Content-Length", reply.body.size());
  effects.emplace_back(std::move(reply));
  end(id);
}

// Authorization, not Proxy-Authorization: the gateway is the origin of this resource (C-SES-14).
std::uint32_t Gateway::Model::api_account(const Headers& headers) const {
  if (!rules_.api.credentials_checked) return 0;
  const auto field = headers.find("Authorization");
  if (!field) return kNoAccount;
  if (rules_.api.authentication == ApiAuthentication::kBearer) {
    const auto token = parse_bearer(*field);
    for (std::size_t i = 0; token && i < rules_.accounts.size(); ++i) {
      if (!token->empty() && rules_.accounts[i].api_token == *token) return static_cast<std::uint32_t>(i);
    }
    return kNoAccount;
  }
  std::uint32_t account = kNoAccount;
  const auto credentials = parse_basic(*field);
  if (!credentials || check_account(credentials->user, credentials->password, account) != nullptr) return kNoAccount;
  return account;
}

Reply Gateway::Model::api_create(std::uint32_t account, Instant now) {
  expire(now);
  if (const ErrorReply* error = may_create(account)) {
    const bool passed = error == &rules_.errors.session_limit && !rules_.api.creation_limited;
    if (!passed) return api_error(*error);
  }
  Active unsent;
  unsent.account = account;
  unsent.window = rules_.session.window.length;
  unsent.among = picker_.candidates(ExitFilter{});
  unsent.exit = pick(unsent.among, {}, now);
  if (unsent.exit == kNoExit) return api_error(rules_.errors.no_exit);
  std::string issued = issue_id();
  sessions_.get(create_session(issued, unsent, now))->requests = 0;
  return reply_with(200, std::move(issued), "text/plain");
}

std::string_view Gateway::Model::user_name_of(SessionRef ref) const {
  const auto kept = memory_.user_name.find(sessions_.get(ref)->serial);
  return kept == memory_.user_name.end() ? sessions_.key(ref) : kept->second;
}

ExitId Gateway::Model::exit_of_session(std::string_view name, Instant now) const {
  for (const SessionRef ref : sessions_.all()) {
    const Session& session = *sessions_.get(ref);
    if (user_name_of(ref) == name && now < session.ends) return session.exit;
  }
  return kNoExit;
}

ListedSessionFields Gateway::Model::listed(SessionRef ref) const {
  const Session& session = *sessions_.get(ref);
  const std::string_view key = user_name_of(ref);
  const Exit& exit = exits_[index_of(session.exit)];
  const auto parsed = grammar_.parse(key);
  const auto* user = rules_.session.said_in == SessionSource::kUserName ? std::get_if<ProxyUser>(&parsed) : nullptr;
  ListedSessionFields fields;
  fields.id = std::string(kSerialPrefix) + std::to_string(session.serial);
  fields.subuser = rules_.accounts[session.account].user;
  fields.session_id = user == nullptr ? key : user->session;
  fields.region = exit.region;
  fields.state = exit.state;
  fields.city = exit.city;
  fields.asn = exit.asn;
  const bool other = rules_.api.listed_exit_other;
  fields.exit_ip = other ? exits_[(index_of(session.exit) + 1) % exits_.size()].address : exit.address;
  fields.started_at = session.ends - sessions_.window(ref);
  fields.expires_at = session.ends;
  fields.bytes_used = session.bytes_used;
  fields.requests = session.requests;
  fields.repinned = session.repinned && rules_.api.repin_listed;
  return fields;
}

Reply Gateway::Model::api_list(std::uint32_t account, std::string_view target, Instant now) {
  const SessionFilter filter(target);
  const auto cursor = read_serial(query_value(target, "cursor").value_or(""));
  expire(now);
  const bool paged = rules_.api.style == ApiStyle::kSessionList && rules_.api.page_size != 0;
  std::vector<ListedSessionFields> page;
  std::string next_cursor;
  for (const Expired& over : expired_) {
    if (!cursor && over.account == account && filter.passes(over.fields)) page.push_back(over.fields);
  }
  const std::size_t over = page.size();  // shown before the first page of those that live
  for (const SessionRef ref : sessions_.all()) {
    const Session& session = *sessions_.get(ref);
    const bool shown = session.account == account || !rules_.api.own_only;
    if (!shown || now >= session.ends || session.serial <= cursor.value_or(0)) continue;
    ListedSessionFields fields = listed(ref);
    if (!filter.passes(fields)) continue;
    if (paged && page.size() - over == rules_.api.page_size) {
      next_cursor = rules_.api.pages_lose_one ? fields.id : page.back().id;
      break;
    }
    page.push_back(std::move(fields));
    if (rules_.session.window.listing_extends) sessions_.restart(ref, sessions_.window(ref), now);
  }
  if (rules_.api.style == ApiStyle::kSessionList)
    return reply_with(200, session_list_text(page, next_cursor), "application/json");
  return reply_with(200, id_map_text(page), "application/json");
}

// A live session of that account by its API name: the issued id, or "ses_" and its number.
std::optional<SessionRef> Gateway::Model::api_session(std::uint32_t account, std::string_view id, Instant now) const {
  std::optional<SessionRef> found;
  if (rules_.api.style == ApiStyle::kIdMap) {
    found = sessions_.find(id);
  } else if (const auto serial = read_serial(id)) {
    for (const SessionRef ref : sessions_.all()) {
      if (sessions_.get(ref)->serial == *serial) found = ref;
    }
  }
  if (!found) return std::nullopt;
  const Session& session = *sessions_.get(*found);
  const bool owned = !rules_.session.owner_checked || session.account == account;
  return owned && now < session.ends ? found : std::nullopt;
}

Reply Gateway::Model::api_show(std::uint32_t account, std::string_view id, Instant now) const {
  const auto ref = api_session(account, id, now);
  if (!ref) return api_error(rules_.errors.api_session_unknown);
  return reply_with(200, session_text(listed(*ref)), "application/json");
}

Reply Gateway::Model::api_delete(std::uint32_t account, std::string_view id, Instant now) {
  const auto ref = api_session(account, id, now);
  if (!ref) return rules_.api.unknown_deleted ? reply_with(204, {}, {}) : api_error(rules_.errors.api_session_unknown);
  if (rules_.api.deletion_ends_all) {
    for (const SessionRef each : sessions_.all()) {
      if (each != *ref && sessions_.get(each)->account == account) end_session(each, true);
    }
  }
  if (rules_.api.deletion_ends) end_session(*ref, rules_.session.deletion_frees_slot);
  return reply_with(204, {}, {});
}

Reply Gateway::Model::api_error(const ErrorReply& error) const {
  Reply reply = reply_with(error.status, error.code + "\n", "text/plain");
  reply.close = error.close;
  if (error.status == 401) {
    const bool basic = rules_.api.authentication == ApiAuthentication::kBasic;
    reply.head.headers.add("WWW-Authenticate",
                           (basic ? "Basic realm=\"" : "Bearer realm=\"") + rules_.authentication.realm + "\"");
  }
  if (!rules_.headers.error.empty()) reply.head.headers.add(rules_.headers.error, error.code);
  return reply;
}

}  // namespace pinproof::sim
