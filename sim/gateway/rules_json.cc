#include "sim/gateway/rules_json.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "sim/core/json_reader.h"
#include "sim/gateway/rules_readers.h"
#include "sim/gateway/rules_words.h"

namespace pinproof::sim {
namespace {

// An object whose members are all named by a table: key and where it goes.
template <class Member>
using Table = std::vector<std::pair<std::string_view, Member*>>;

template <class Member>
void only_keys_of(const JsonReader& json, const Table<Member>& table, std::vector<std::string_view> others = {}) {
  for (const auto& [key, member] : table) others.push_back(key);
  json.object(others);
}

HeaderNames read_headers(const JsonReader& json) {
  HeaderNames names;
  const Table<std::string> table = {
      {"error", &names.error},
      {"repinned", &names.repinned},
      {"exit_address", &names.exit_address},
      {"exit_geography", &names.exit_geography},
      {"exit_asn", &names.exit_asn},
      {"bytes_in", &names.bytes_in},
      {"bytes_out", &names.bytes_out},
      {"request_id", &names.request_id},
      {"version", &names.version},
      {"version_value", &names.version_value},
      {"session", &names.session},
      {"max_retries", &names.max_retries},
      {"timeout", &names.timeout},
      {"region", &names.region},
      {"next_request_in", &names.next_request_in},
  };
  only_keys_of(json, table, {"exit_address_has_port", "exit_address_stale"});
  for (const auto& [key, name] : table) {
    if (const auto member = json.optional(key))
      *name = key == "version_value" ? field_text(*member) : field_name(*member);
  }
  if (const auto member = json.optional("exit_address_has_port")) names.exit_address_has_port = member->boolean();
  read_if_there(json, "exit_address_stale", names.exit_address_stale);
  return names;
}

ErrorReplies read_errors(const JsonReader& json) {
  ErrorReplies errors;
  const Table<ErrorReply> table = {
      {"bad_request", &errors.bad_request},
      {"credentials_missing", &errors.credentials_missing},
      {"credentials_wrong", &errors.credentials_wrong},
      {"account_unknown", &errors.account_unknown},
      {"api_credentials", &errors.api_credentials},
      {"api_unknown", &errors.api_unknown},
      {"api_session_unknown", &errors.api_session_unknown},
      {"user_name_malformed", &errors.user_name_malformed},
      {"region_unknown", &errors.region_unknown},
      {"state_without_region", &errors.state_without_region},
      {"city_without_state", &errors.city_without_state},
      {"session_incomplete", &errors.session_incomplete},
      {"minutes_out_of_range", &errors.minutes_out_of_range},
      {"session_unknown", &errors.session_unknown},
      {"session_limit", &errors.session_limit},
      {"session_not_in_plan", &errors.session_not_in_plan},
      {"control_header_malformed", &errors.control_header_malformed},
      {"domain_forbidden", &errors.domain_forbidden},
      {"connection_limit", &errors.connection_limit},
      {"request_rate_limit", &errors.request_rate_limit},
      {"delay_ceiling", &errors.delay_ceiling},
      {"no_exit", &errors.no_exit},
      {"exit_refused", &errors.exit_refused},
      {"exit_reset", &errors.exit_reset},
      {"exit_timed_out", &errors.exit_timed_out},
      {"exit_failed", &errors.exit_failed},
  };
  only_keys_of(json, table);
  for (const auto& [key, error] : table) {
    const JsonReader member = json.at(key);
    member.object({"status", "code", "close"});
    error->status = static_cast<int>(member.at("status").integer(400, 599));
    error->code = code_text(member.at("code"));
    if (const auto close = member.optional("close")) error->close = close->boolean();
  }
  return errors;
}

UserNameRules read_user_name(const JsonReader& json) {
  json.object({"prefix", "account_characters", "segments", "regions", "leading_zeros", "minutes_alone",
               "unknown_segments_ignored", "segments_in_any_order", "refused_names_open_sessions"});
  UserNameRules names;
  names.prefix = text(json.at("prefix"));
  names.account_characters = characters(json.at("account_characters"));
  for (const JsonReader& element : json.at("segments").array(0, 16)) {
    element.object({"name", "meaning", "characters", "length", "required"});
    Segment segment;
    segment.name = element.at("name").non_empty_string(kTextMax);
    if (segment.name.find('-') != std::string::npos)
      element.at("name").refuse("a name without '-', which parts segments");
    segment.meaning = element.at("meaning").one_of(words::kSegmentMeaning);
    segment.characters = characters(element.at("characters"));
    for (const Segment& other : names.segments) {
      if (other.name == segment.name) element.at("name").refuse("a name that no other segment has");
      if (other.meaning == segment.meaning) element.at("meaning").refuse("a meaning that no other segment has");
    }
    const auto bounds = element.at("length").array(2, 2);
    segment.length_min = count(bounds[0], 1);
    segment.length_max = count(bounds[1], segment.length_min);
    segment.required = element.at("required").boolean();
    names.segments.push_back(std::move(segment));
  }
  names.regions = texts(json.at("regions"));
  names.leading_zeros = json.at("leading_zeros").boolean();
  read_if_there(json, "minutes_alone", names.minutes_alone);
  read_if_there(json, "unknown_segments_ignored", names.unknown_segments_ignored);
  read_if_there(json, "segments_in_any_order", names.segments_in_any_order);
  read_if_there(json, "refused_names_open_sessions", names.refused_names_open_sessions);
  return names;
}

AuthenticationRules read_authentication(const JsonReader& json) {
  json.object({"realm", "judged_by", "password_checked", "challenged"});
  AuthenticationRules rules;
  rules.realm = code_text(json.at("realm"));
  if (rules.realm.find_first_of("\"\\") != std::string::npos)
    json.at("realm").refuse("a realm without quotes and backslashes");
  rules.judged_by = json.at("judged_by").one_of(words::kCredentialScope);
  rules.password_checked = json.at("password_checked").boolean();
  read_if_there(json, "challenged", rules.challenged);
  return rules;
}

RotationRules read_rotation(const JsonReader& json) {
  json.object({"unit", "immediate_repeat", "connections_an_exit", "exit_kept_on_close", "ignored", "announced"});
  RotationRules rotation;
  rotation.unit = json.at("unit").one_of(words::kRotationUnit);
  rotation.immediate_repeat = json.at("immediate_repeat").boolean();
  read_if_there(json, "connections_an_exit", rotation.connections_an_exit);
  read_if_there(json, "exit_kept_on_close", rotation.exit_kept_on_close);
  read_if_there(json, "ignored", rotation.ignored);
  read_if_there(json, "announced", rotation.announced);
  return rotation;
}

PacingRules read_pacing(const JsonReader& json) {
  json.object({"delay", "domains", "scope", "law", "growth_percent", "ceiling", "over_ceiling", "soft_limit",
               "announced", "announced_unit", "sessions_only", "reset_by_next", "recovery", "newest_first",
               "forwarded_twice", "announced_once", "retry_after_told"});
  PacingRules pacing;
  pacing.delay = length(json.at("delay"));
  for (const JsonReader& element : json.at("domains").array(0, kListMax)) {
    element.object({"domain", "delay"});
    pacing.domains.push_back({element.at("domain").non_empty_string(kTextMax), length(element.at("delay"))});
  }
  pacing.scope = json.at("scope").one_of(words::kPacingScope);
  pacing.law = json.at("law").one_of(words::kPacingLaw);
  pacing.growth_percent = count(json.at("growth_percent"), 101);
  pacing.ceiling = length(json.at("ceiling"));
  pacing.over_ceiling = json.at("over_ceiling").one_of(words::kOverCeiling);
  pacing.soft_limit = length(json.at("soft_limit"));
  pacing.announced = json.at("announced").one_of(words::kAnnouncedDelay);
  pacing.announced_unit = json.at("announced_unit").one_of(words::kAnnouncedUnit);
  read_if_there(json, "sessions_only", pacing.sessions_only);
  read_if_there(json, "reset_by_next", pacing.reset_by_next);
  read_if_there(json, "recovery", pacing.recovery);
  read_if_there(json, "newest_first", pacing.newest_first);
  read_if_there(json, "forwarded_twice", pacing.forwarded_twice);
  read_if_there(json, "announced_once", pacing.announced_once);
  read_if_there(json, "retry_after_told", pacing.retry_after_told);
  return pacing;
}

RetryRules read_retries(const JsonReader& json) {
  json.object({"outside_session", "after_forwarding", "in_session", "header_max", "header_counts_attempts",
               "session_exit", "paced", "header_plus", "header_in_session", "malformed_ignored", "outside_exit"});
  RetryRules retries;
  retries.outside_session = count(json.at("outside_session"));
  retries.after_forwarding = json.at("after_forwarding").boolean();
  retries.in_session = count(json.at("in_session"));
  retries.header_max = count(json.at("header_max"));
  retries.header_counts_attempts = json.at("header_counts_attempts").boolean();
  retries.session_exit = json.at("session_exit").one_of(words::kRetryExit);
  retries.paced = json.at("paced").boolean();
  read_if_there(json, "header_plus", retries.header_plus);
  read_if_there(json, "header_in_session", retries.header_in_session);
  read_if_there(json, "malformed_ignored", retries.malformed_ignored);
  read_if_there(json, "outside_exit", retries.outside_exit, words::kRetryExit);
  return retries;
}

std::vector<SetField> read_fields(const JsonReader& json) {
  std::vector<SetField> fields;
  for (const JsonReader& element : json.array(0, kListMax)) {
    element.object({"name", "value"});
    fields.push_back({field_name(element.at("name")), field_text(element.at("value"))});
    if (fields.back().name.empty()) element.at("name").refuse("a header field name");
  }
  return fields;
}

ForwardingRules read_forwarding(const JsonReader& json) {
  json.object({"connect", "stripped", "stripped_prefixes", "exit_error_mark", "attempt_timeout", "timeout_min",
               "timeout_max", "forbidden_domains", "cookies_kept", "carried", "set", "hop_by_hop",
               "session_bytes_percent"});
  ForwardingRules forwarding;
  forwarding.connect = json.at("connect").one_of(words::kConnectMode);
  forwarding.stripped = texts(json.at("stripped"));
  forwarding.stripped_prefixes = texts(json.at("stripped_prefixes"));
  forwarding.exit_error_mark = text(json.at("exit_error_mark"));
  forwarding.attempt_timeout = json.at("attempt_timeout").duration(1ms, kLongest);
  forwarding.timeout_min = length(json.at("timeout_min"));
  forwarding.timeout_max = json.at("timeout_max").duration(forwarding.timeout_min, kLongest);
  forwarding.forbidden_domains = texts(json.at("forbidden_domains"));
  read_if_there(json, "cookies_kept", forwarding.cookies_kept, words::kCookieJar);
  if (const auto carried = json.optional("carried")) forwarding.carried = texts(*carried);
  if (const auto set = json.optional("set")) forwarding.set = read_fields(*set);
  read_if_there(json, "hop_by_hop", forwarding.hop_by_hop);
  read_if_there(json, "session_bytes_percent", forwarding.session_bytes_percent);
  return forwarding;
}

ApiRules read_api(const JsonReader& json) {
  json.object({"style", "authentication", "path", "page_size", "credentials_checked", "created_usable",
               "creation_limited", "deletion_ends", "deletion_ends_all", "unknown_deleted", "own_only",
               "listed_exit_other", "repin_listed", "pages_lose_one"});
  ApiRules api;
  api.style = json.at("style").one_of(words::kApiStyle);
  api.authentication = json.at("authentication").one_of(words::kApiAuthentication);
  api.path = text(json.at("path"));
  if (!api.path.empty() && (!api.path.starts_with('/') || api.path.ends_with('/'))) {
    json.at("path").refuse("a path that begins with '/' and does not end with it");
  }
  api.page_size = count(json.at("page_size"));
  read_if_there(json, "credentials_checked", api.credentials_checked);
  read_if_there(json, "created_usable", api.created_usable);
  read_if_there(json, "creation_limited", api.creation_limited);
  read_if_there(json, "deletion_ends", api.deletion_ends);
  read_if_there(json, "deletion_ends_all", api.deletion_ends_all);
  read_if_there(json, "unknown_deleted", api.unknown_deleted);
  read_if_there(json, "own_only", api.own_only);
  read_if_there(json, "listed_exit_other", api.listed_exit_other);
  read_if_there(json, "repin_listed", api.repin_listed);
  read_if_there(json, "pages_lose_one", api.pages_lose_one);
  return api;
}

std::vector<PlanRules> read_plans(const JsonReader& json) {
  std::vector<PlanRules> plans;
  for (const JsonReader& element : json.array(1, kListMax)) {
    element.object({"name", "sessions", "connections", "requests_per_second"});
    PlanRules plan;
    plan.name = element.at("name").non_empty_string(kTextMax);
    for (const PlanRules& other : plans) {
      if (other.name == plan.name) element.at("name").refuse("a name that no other plan has");
    }
    plan.sessions = element.at("sessions").boolean();
    plan.connections = count(element.at("connections"));
    plan.requests_per_second = count(element.at("requests_per_second"));
    plans.push_back(std::move(plan));
  }
  return plans;
}

std::vector<Account> read_accounts(const JsonReader& json, const std::vector<PlanRules>& plans) {
  std::vector<Account> accounts;
  for (const JsonReader& element : json.array(1, kListMax)) {
    element.object({"name", "user", "password", "api_token", "plan"});
    Account account;
    account.name = element.at("name").non_empty_string(kTextMax);
    account.user = element.at("user").non_empty_string(kTextMax);
    if (account.user.find(':') != std::string::npos)
      element.at("user").refuse("a user without ':', which ends it in credentials");
    account.password = text(element.at("password"));
    account.api_token = text(element.at("api_token"));
    account.plan = element.at("plan").non_empty_string(kTextMax);
    for (const Account& other : accounts) {
      if (other.name == account.name) element.at("name").refuse("a name that no other account has");
      if (other.user == account.user) element.at("user").refuse("a user that no other account has");
      const bool same_token = !account.api_token.empty() && other.api_token == account.api_token;
      if (same_token) element.at("api_token").refuse("a token that no other account has");
    }
    const bool defined =
        std::any_of(plans.begin(), plans.end(), [&](const PlanRules& plan) { return plan.name == account.plan; });
    if (!defined) element.at("plan").refuse("the name of a plan in /plans");
    accounts.push_back(std::move(account));
  }
  return accounts;
}

Rules read_rules(const JsonReader& json) {
  json.object({"$schema", "rules", "name", "dialect", "headers", "errors", "user_name", "authentication", "session",
               "rotation", "pacing", "retries", "forwarding", "api", "plans", "accounts"});
  json.at("rules").integer(1, 1);
  Rules rules;
  rules.name = json.at("name").non_empty_string(kTextMax);
  rules.dialect = json.at("dialect").non_empty_string(kTextMax);
  rules.headers = read_headers(json.at("headers"));
  rules.errors = read_errors(json.at("errors"));
  rules.user_name = read_user_name(json.at("user_name"));
  rules.authentication = read_authentication(json.at("authentication"));
  rules.session = read_session(json.at("session"));
  if (rules.session.said_in == SessionSource::kHeader) {
    if (rules.headers.session.empty())
      json.at("headers").refuse("no \"session\"", "the header that sessions are said in");
    const JsonReader length = json.at("session").at("window").at("length");
    if (rules.session.window.length == Duration::zero())
      length.refuse("a duration above \"0s\", since no user name says it");
  }
  rules.rotation = read_rotation(json.at("rotation"));
  rules.pacing = read_pacing(json.at("pacing"));
  rules.retries = read_retries(json.at("retries"));
  rules.forwarding = read_forwarding(json.at("forwarding"));
  rules.api = read_api(json.at("api"));
  rules.plans = read_plans(json.at("plans"));
  rules.accounts = read_accounts(json.at("accounts"), rules.plans);
  return rules;
}

}  // namespace

Parsed<Rules> parse_rules(std::string file, std::string_view text) {
  return parse_json(std::move(file), text, read_rules);
}

}  // namespace pinproof::sim
