#include "sim/gateway/rules_json.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "sim/core/json_reader.h"
#include "sim/gateway/rules_words.h"

namespace pinproof::sim {
namespace {

// Limits on what a file may ask for; each far beyond what any vendor documents.
constexpr std::int64_t kCountMax = 1'000'000;
constexpr std::size_t kListMax = 10'000;
constexpr std::size_t kTextMax = 256;
constexpr Duration kLongest = std::chrono::hours(24 * 7);

std::uint32_t count(const JsonReader& json, std::int64_t min = 0) {
  return static_cast<std::uint32_t>(json.integer(min, kCountMax));
}

Duration length(const JsonReader& json) { return json.duration(Duration::zero(), kLongest); }

std::string text(const JsonReader& json) {
  std::string value = json.string();
  if (value.size() > kTextMax) json.refuse("a string of at most 256 bytes");
  return value;
}

// What stands in a field of a message: nothing that could end it.
std::string field_text(const JsonReader& json) {
  std::string value = text(json);
  const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
  if (!std::all_of(value.begin(), value.end(), printable)) json.refuse("printable ASCII");
  return value;
}

std::string code_text(const JsonReader& json) {
  json.non_empty_string(kTextMax);
  return field_text(json);
}

// A name as RFC 9110, 5.1 has it, or none.
std::string field_name(const JsonReader& json) {
  std::string name = text(json);
  const auto token = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  if (!std::all_of(name.begin(), name.end(), token)) json.refuse("a header field name, or \"\" for none");
  return name;
}

// A set of characters as character_set.h reads it.
std::string characters(const JsonReader& json) {
  std::string ranges = json.non_empty_string(kTextMax);
  for (std::size_t i = 0; i + 2 < ranges.size(); ++i) {
    if (ranges[i + 1] != '-') continue;
    if (static_cast<unsigned char>(ranges[i + 2]) < static_cast<unsigned char>(ranges[i]))
      json.refuse("ranges that go upwards, such as \"a-z0-9\"");
    i += 2;
  }
  return ranges;
}

std::vector<std::string> texts(const JsonReader& json) {
  std::vector<std::string> all;
  for (const JsonReader& element : json.array(0, kListMax)) all.push_back(element.non_empty_string(kTextMax));
  return all;
}

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
  only_keys_of(json, table, {"exit_address_has_port"});
  for (const auto& [key, name] : table) {
    if (const auto member = json.optional(key))
      *name = key == "version_value" ? field_text(*member) : field_name(*member);
  }
  if (const auto member = json.optional("exit_address_has_port")) names.exit_address_has_port = member->boolean();
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
  json.object({"prefix", "account_characters", "segments", "regions", "leading_zeros"});
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
  return names;
}

AuthenticationRules read_authentication(const JsonReader& json) {
  json.object({"realm", "judged_by", "password_checked"});
  AuthenticationRules rules;
  rules.realm = code_text(json.at("realm"));
  if (rules.realm.find_first_of("\"\\") != std::string::npos)
    json.at("realm").refuse("a realm without quotes and backslashes");
  rules.judged_by = json.at("judged_by").one_of(words::kCredentialScope);
  rules.password_checked = json.at("password_checked").boolean();
  return rules;
}

WindowRules read_window(const JsonReader& json) {
  json.object({"kind", "minute", "length", "minutes_min", "minutes_cap", "capped", "over_cap", "cap_after_repin",
               "restarts_on_repin", "listing_extends"});
  WindowRules window;
  window.kind = json.at("kind").one_of(words::kWindowKind);
  window.minute = json.at("minute").duration(1ns, std::chrono::hours(1));
  window.length = length(json.at("length"));
  window.minutes_min = count(json.at("minutes_min"));
  window.minutes_cap = count(json.at("minutes_cap"));
  for (const JsonReader& element : json.at("capped").array(0, 2)) {
    window.capped.push_back(element.one_of<ExitType>({{"res", ExitType::kResidential}, {"mob", ExitType::kMobile}}));
  }
  window.over_cap = json.at("over_cap").one_of(words::kOverCap);
  window.cap_after_repin = json.at("cap_after_repin").boolean();
  window.restarts_on_repin = json.at("restarts_on_repin").boolean();
  window.listing_extends = json.at("listing_extends").boolean();
  return window;
}

LossRules read_loss(const JsonReader& json) {
  json.object({"policy", "pool", "choice", "reach", "picks_max", "announced", "announced_value", "announced_on_connect",
               "expiry_announced", "in_flight_retried"});
  LossRules loss;
  loss.policy = json.at("policy").one_of(words::kLossPolicy);
  loss.pool = json.at("pool").one_of(words::kRepinPool);
  loss.choice = json.at("choice").one_of(words::kRepinChoice);
  loss.reach = json.at("reach").one_of(words::kLossReach);
  loss.picks_max = count(json.at("picks_max"));
  loss.announced = json.at("announced").one_of(words::kAnnouncement);
  loss.announced_value = code_text(json.at("announced_value"));
  loss.announced_on_connect = json.at("announced_on_connect").boolean();
  loss.expiry_announced = json.at("expiry_announced").boolean();
  loss.in_flight_retried = json.at("in_flight_retried").boolean();
  return loss;
}

SessionRules read_session(const JsonReader& json) {
  json.object({"said_in", "key", "pinned_at", "window", "loss", "limit_per_account", "deletion_frees_slot",
               "expiry_frees_slot", "expired_listed", "owner_checked"});
  SessionRules session;
  session.said_in = json.at("said_in").one_of(words::kSessionSource);
  for (const JsonReader& element : json.at("key").array(1, 16)) session.key.push_back(element.one_of(words::kKeyPart));
  session.pinned_at = json.at("pinned_at").one_of(words::kPinMoment);
  session.window = read_window(json.at("window"));
  session.loss = read_loss(json.at("loss"));
  session.limit_per_account = count(json.at("limit_per_account"));
  session.deletion_frees_slot = json.at("deletion_frees_slot").boolean();
  session.expiry_frees_slot = json.at("expiry_frees_slot").boolean();
  session.expired_listed = json.at("expired_listed").boolean();
  session.owner_checked = json.at("owner_checked").boolean();
  return session;
}

PacingRules read_pacing(const JsonReader& json) {
  json.object({"delay", "domains", "scope", "law", "growth_percent", "ceiling", "over_ceiling", "soft_limit",
               "announced", "announced_unit"});
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
  return pacing;
}

RetryRules read_retries(const JsonReader& json) {
  json.object({"outside_session", "after_forwarding", "in_session", "header_max", "header_counts_attempts",
               "session_exit", "paced"});
  RetryRules retries;
  retries.outside_session = count(json.at("outside_session"));
  retries.after_forwarding = json.at("after_forwarding").boolean();
  retries.in_session = count(json.at("in_session"));
  retries.header_max = count(json.at("header_max"));
  retries.header_counts_attempts = json.at("header_counts_attempts").boolean();
  retries.session_exit = json.at("session_exit").one_of(words::kRetryExit);
  retries.paced = json.at("paced").boolean();
  return retries;
}

ForwardingRules read_forwarding(const JsonReader& json) {
  json.object({"connect", "stripped", "stripped_prefixes", "exit_error_mark", "attempt_timeout", "timeout_min",
               "timeout_max", "forbidden_domains"});
  ForwardingRules forwarding;
  forwarding.connect = json.at("connect").one_of(words::kConnectMode);
  forwarding.stripped = texts(json.at("stripped"));
  forwarding.stripped_prefixes = texts(json.at("stripped_prefixes"));
  forwarding.exit_error_mark = text(json.at("exit_error_mark"));
  forwarding.attempt_timeout = json.at("attempt_timeout").duration(1ms, kLongest);
  forwarding.timeout_min = length(json.at("timeout_min"));
  forwarding.timeout_max = json.at("timeout_max").duration(forwarding.timeout_min, kLongest);
  forwarding.forbidden_domains = texts(json.at("forbidden_domains"));
  return forwarding;
}

ApiRules read_api(const JsonReader& json) {
  json.object({"style", "authentication", "path", "page_size"});
  ApiRules api;
  api.style = json.at("style").one_of(words::kApiStyle);
  api.authentication = json.at("authentication").one_of(words::kApiAuthentication);
  api.path = text(json.at("path"));
  if (!api.path.empty() && (!api.path.starts_with('/') || api.path.ends_with('/'))) {
    json.at("path").refuse("a path that begins with '/' and does not end with it");
  }
  api.page_size = count(json.at("page_size"));
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
  const JsonReader rotation = json.at("rotation");
  rotation.object({"unit", "immediate_repeat"});
  rules.rotation.unit = rotation.at("unit").one_of(words::kRotationUnit);
  rules.rotation.immediate_repeat = rotation.at("immediate_repeat").boolean();
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
