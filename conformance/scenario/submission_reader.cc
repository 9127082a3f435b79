#include "conformance/scenario/submission_reader.h"

#include <algorithm>
#include <vector>

#include "conformance/scenario/limits.h"
#include "conformance/scenario/words.h"

namespace pinproof::conformance {
namespace {

using sim::in_quotes;
using sim::JsonKind;
using sim::JsonReader;

/// A part that is a number when well-formed, and any text to try what is not.
std::string read_number_or_text(const JsonReader& json) {
  if (json.kind() == JsonKind::kInteger) return std::to_string(json.integer());
  if (json.kind() != JsonKind::kString) json.refuse("an integer or a string");
  return json.non_empty_string(kUserNameMax);
}

std::string read_session_name(const JsonReader& json) {
  std::string session = json.non_empty_string(kUserNameMax);
  if (session.front() == '@' && (session.size() == 1 || session.size() > kNameMax)) {
    json.refuse("a symbolic id of '@' and 1 to " + std::to_string(kNameMax - 1) + " characters");
  }
  return session;
}

UserName read_user_parts(const JsonReader& json) {
  UserName user;
  if (const auto raw = json.optional("raw")) {
    json.object({"raw"});
    user.raw = raw->string();
    if (user.raw->size() > kUserNameMax) raw->refuse("at most " + std::to_string(kUserNameMax) + " bytes");
    return user;
  }
  json.object({"type", "region", "state", "city", "asn", "session", "minutes", "raw"});
  const auto text = [&](std::string_view key, std::string& into) {
    if (const auto part = json.optional(key)) into = part->non_empty_string(kUserNameMax);
  };
  text("type", user.type);
  text("region", user.region);
  text("state", user.state);
  text("city", user.city);
  if (const auto asn = json.optional("asn")) user.asn = read_number_or_text(*asn);
  if (const auto session = json.optional("session")) user.session = read_session_name(*session);
  if (const auto minutes = json.optional("minutes")) user.minutes = read_number_or_text(*minutes);
  return user;
}

/// {"of": LABEL} or {"raw": ID}; "create" too where a session may be made.
IssuedSession read_session(const JsonReader& json, bool may_create, const ReadingContext& context) {
  if (may_create && json.kind() == JsonKind::kString && json.string() == "create")
    return {IssuedSession::Kind::kCreate, ""};
  const std::string expected = std::string(may_create ? "\"create\", " : "") + "{\"of\": LABEL} or {\"raw\": ID}";
  if (json.kind() != JsonKind::kObject) json.refuse(expected);
  json.object({"of", "raw"});
  const auto of = json.optional("of");
  const auto raw = json.optional("raw");
  if (of.has_value() == raw.has_value()) json.refuse(expected);
  if (raw) return {IssuedSession::Kind::kRaw, raw->non_empty_string(kFieldMax)};
  context.labels.session_known(*of);
  return {IssuedSession::Kind::kOf, of->string()};
}

std::vector<std::pair<std::string, std::string>> read_headers(const JsonReader& json) {
  std::vector<std::pair<std::string, std::string>> headers;
  for (const auto& [name, value] : json.members()) {
    if (name.empty() || name.size() > kFieldMax)
      json.refuse("a field name of 1 to " + std::to_string(kFieldMax) + " bytes");
    if (value.kind() == JsonKind::kArray) {
      for (const JsonReader& line : value.array(1, kListMax)) headers.emplace_back(name, line.string());
    } else {
      headers.emplace_back(name, value.string());
    }
    if (headers.back().second.size() > kFieldMax) value.refuse("at most " + std::to_string(kFieldMax) + " bytes");
  }
  if (headers.size() > kListMax) json.refuse("at most " + std::to_string(kListMax) + " fields");
  return headers;
}

std::uint64_t read_size(const JsonReader& json) {
  return static_cast<std::uint64_t>(json.integer(0, static_cast<std::int64_t>(kBodyMax)));
}

std::uint32_t read_burst_count(const JsonReader& json) {
  return static_cast<std::uint32_t>(json.integer(2, kBurstMax));
}

std::string read_host(const JsonReader& json) {
  std::string host = json.non_empty_string(kNameMax);
  const bool good = std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  if (!good) json.refuse("a symbolic host of lower-case letters, digits, '-' and '.'");
  return host;
}

void refuse_in_dialect(const JsonReader& field, const ReadingContext& context) {
  field.refuse("a field that " + context.scenario.dialect + " has no use for",
               context.sessions_issued() ? "\"session\": its sessions are issued, not named in the user name"
                                         : "\"user\": its sessions are named in the user name");
}

/// Who sends, and with what credentials: of requests and API calls alike.
template <typename SubmissionStep>
void read_sender(const JsonReader& json, const ReadingContext& context, SubmissionStep& step) {
  step.actor = read_actor(json, context);
  if (const auto credentials = json.optional("credentials"))
    step.credentials = read_word(*credentials, kCredentialWords);
}

void read_answer(const JsonReader& json, RequestStep& request) {
  if (const auto size = json.optional("answer_bytes")) request.answer_bytes = read_size(*size);
  if (const auto status = json.optional("answer_status")) {
    // 1xx, 204 and 304 have no body to gate or to count.
    request.answer_status = static_cast<int>(status->integer(200, 599));
  }
  if (const auto cookie = json.optional("answer_cookie")) request.answer_cookie = cookie->non_empty_string(kFieldMax);
  if (const auto gate = json.optional("gate_at")) {
    request.gate_at = read_size(*gate);
    if (*request.gate_at >= request.answer_bytes) {
      gate->refuse("less than the " + std::to_string(request.answer_bytes) + " bytes of the answer (\"answer_bytes\")");
    }
  }
}

void read_session_of_request(const JsonReader& json, const ReadingContext& context, RequestStep& request) {
  if (const auto user = json.optional("user")) {
    if (context.sessions_issued()) refuse_in_dialect(*user, context);
    request.user = read_user(*user, context);
  }
  if (const auto session = json.optional("session")) {
    if (!context.sessions_issued()) refuse_in_dialect(*session, context);
    request.session = read_session(*session, true, context);
  }
}

}  // namespace

const std::vector<std::string_view>& request_fields() {
  static const std::vector<std::string_view> fields{
      "actor",  "user", "credentials", "session",    "via",          "encrypted",     "shape",        "connection",
      "method", "host", "headers",     "body_bytes", "answer_bytes", "answer_status", "answer_cookie"};
  return fields;
}

RequestStep read_request(const JsonReader& json, std::string_view verb, ReadingContext& context) {
  RequestStep request;
  request.label = json.at(verb).string();
  read_sender(json, context, request);
  read_session_of_request(json, context, request);
  if (const auto via = json.optional("via")) request.via = read_word(*via, kViaWords);
  if (const auto encrypted = json.optional("encrypted")) {
    request.encrypted = encrypted->boolean();
    if (request.encrypted && request.via != Via::kConnect)
      encrypted->refuse("false, or \"via\": \"connect\" beside it");
  }
  if (const auto shape = json.optional("shape")) {
    request.shape = read_word(*shape, kShapeWords);
    if (request.shape != RequestShape::kSound && request.via != Via::kPlain)
      shape->refuse("\"sound\", or \"via\": \"plain\" beside it");
    if (request.shape == RequestShape::kHalfHead && verb != "begin")
      shape->refuse(
          "another shape, or \"begin\" and \"abandon\": who waits for an answer to half a head waits for good");
  }
  if (const auto connection = json.optional("connection")) {
    request.connection = read_connection(*connection);
    if (request.connection.kind != ConnectionChoice::Kind::kNew) {
      context.connections.insert(connection_key(request.actor, request.connection));
    }
  }
  if (const auto method = json.optional("method")) request.method = method->non_empty_string(kNameMax);
  if (const auto host = json.optional("host")) request.host = read_host(*host);
  if (const auto headers = json.optional("headers")) request.headers = read_headers(*headers);
  if (const auto body = json.optional("body_bytes")) request.body_bytes = read_size(*body);
  read_answer(json, request);
  if (verb == "burst") {
    request.count = read_burst_count(json.at("count"));
    if (const auto every = json.optional("every")) request.every = every->duration(Duration::zero(), kWaitMax);
  }
  // A sticky user name names a session, and so does an issued id; a listing can be asked for either.
  const bool named = context.sessions_issued() ? request.session.kind != IssuedSession::Kind::kNone
                                               : request.user.raw || !request.user.session.empty();
  context.labels.declare(json.at(verb), request.label,
                         {LabelKind::kRequest, request.count, named, request.gate_at.has_value(), json.pointer()});
  return request;
}

ApiStep read_api_call(const JsonReader& json, std::string_view verb, ReadingContext& context) {
  ApiStep call;
  call.label = json.at(verb).string();
  call.operation =
      std::find_if(kApiWords.begin(), kApiWords.end(), [&](const auto& word) { return word.first == verb; })->second;
  read_sender(json, context, call);
  LabelKind kind = LabelKind::kListSessions;
  if (call.operation == ApiOperation::kCreate) {
    kind = LabelKind::kCreateSession;
    if (!context.sessions_issued()) {
      json.at(verb).refuse("create_session",
                           "another step: in " + context.scenario.dialect + " a session begins with its first request");
    }
    if (const auto count = json.optional("count")) call.count = read_burst_count(*count);
  }
  if (call.operation == ApiOperation::kDelete) {
    kind = LabelKind::kDeleteSession;
    const std::string_view subject = context.sessions_issued() ? "session" : "user";
    if (!json.optional(subject))
      json.refuse("a delete_session without " + in_quotes(subject), "that key, which says what to delete");
  }
  if (const auto session = json.optional("session")) {
    if (!context.sessions_issued()) refuse_in_dialect(*session, context);
    call.session = read_session(*session, false, context);
  }
  if (const auto user = json.optional("user")) {
    if (context.sessions_issued()) refuse_in_dialect(*user, context);
    call.user = read_user(*user, context);
  }
  context.labels.declare(json.at(verb), call.label,
                         {kind, call.count, call.operation == ApiOperation::kCreate, false, json.pointer()});
  return call;
}

UserName read_user(const JsonReader& json, const ReadingContext& context) {
  if (json.kind() == JsonKind::kObject) return read_user_parts(json);
  if (json.kind() != JsonKind::kString) json.refuse("a name from \"users\", or an object");
  const auto& users = context.scenario.users;
  const std::string name = json.string();
  if (const auto found = users.find(name); found != users.end()) return found->second;
  std::vector<std::string_view> names;
  for (const auto& [known, user] : users) names.push_back(known);
  const auto near = sim::nearest_word(name, names);
  json.refuse("a name from \"users\"" + (near ? " (did you mean " + in_quotes(*near) + "?)" : std::string()));
}

ConnectionChoice read_connection(const JsonReader& json) {
  if (json.kind() == JsonKind::kObject) {
    json.object({"name"});
    return {ConnectionChoice::Kind::kNamed, json.at("name").non_empty_string(kNameMax)};
  }
  const bool kept = json.kind() == JsonKind::kString && json.string() == "kept";
  if (!kept && !(json.kind() == JsonKind::kString && json.string() == "new")) {
    json.refuse("\"new\", \"kept\" or {\"name\": NAME}");
  }
  return {kept ? ConnectionChoice::Kind::kKept : ConnectionChoice::Kind::kNew, ""};
}

std::string read_actor(const JsonReader& json, const ReadingContext& context) {
  const auto actor = json.optional("actor");
  if (!actor) return "client";
  std::vector<std::string_view> names{"client"};
  for (const auto& [name, account] : context.scenario.actors) names.push_back(name);
  return std::string(names[actor->choose(names)]);
}

}  // namespace pinproof::conformance
