#include "conformance/scenario/scenario_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "conformance/scenario/expectation_json.h"
#include "conformance/scenario/layout_json.h"
#include "conformance/scenario/words.h"

namespace pinproof::conformance {
namespace {

using Json = nlohmann::ordered_json;

/// A number where it is written like one, so that it reads back as the same text.
Json number_or_text(const std::string& text) {
  const bool digits = !text.empty() && text.size() < 19 &&
                      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || (text.size() > 1 && text.front() == '0')) return text;
  return std::stoll(text);
}

Json user_parts(const UserName& user) {
  Json json = Json::object();
  if (user.raw) {
    json["raw"] = *user.raw;
    return json;
  }
  json["type"] = user.type;
  json["region"] = user.region;
  if (!user.state.empty()) json["state"] = user.state;
  if (!user.city.empty()) json["city"] = user.city;
  if (!user.asn.empty()) json["asn"] = number_or_text(user.asn);
  if (!user.session.empty()) json["session"] = user.session;
  if (!user.minutes.empty()) json["minutes"] = number_or_text(user.minutes);
  return json;
}

/// Writes one scenario; holds what its steps refer to.
class ScenarioWriter {
 public:
  explicit ScenarioWriter(const Scenario& scenario) : scenario_(scenario) {}

  Json write() const {
    Json json = Json::object();
    json["scenario"] = kScenarioVersion;
    json["id"] = scenario_.id;
    json["title"] = scenario_.title;
    json["dialect"] = scenario_.dialect;
    json["requirements"] = scenario_.requirements;
    if (!scenario_.produced_by.empty()) json["produced_by"] = scenario_.produced_by;
    if (scenario_.seed) json["seed"] = *scenario_.seed;
    for (const auto& [name, values] : scenario_.when) json["when"][name] = strings_to_json(values);
    for (const auto& [name, account] : scenario_.actors) json["actors"][name] = account;
    for (const auto& [name, user] : scenario_.users) json["users"][name] = user_parts(user);
    json["steps"] = Json::array();
    for (const Step& step : scenario_.steps) {
      Json written = std::visit([&](const auto& what) { return write_step(what); }, step.what);
      if (!step.note.empty()) written["note"] = step.note;
      json["steps"].push_back(std::move(written));
    }
    return json;
  }

 private:
  Json write_step(const DoStep& step) const { return write(step.what, false); }
  Json write_step(const BeginStep& step) const { return write(step.what, true); }

  Json write_step(const ParallelStep& step) const {
    Json json = Json::object();
    json["parallel"] = Json::array();
    for (const Submission& what : step.what) json["parallel"].push_back(write(what, false));
    add_expectations(json, step.expect);
    return json;
  }

  Json write_step(const AwaitStep& step) const {
    Json json = {{"await", step.label}};
    add_expectations(json, step.expect);
    return json;
  }

  Json write_step(const ReleaseStep& step) const { return {{"release", step.label}}; }
  Json write_step(const AbandonStep& step) const { return {{"abandon", step.label}}; }

  Json write_step(const CloseStep& step) const {
    Json json = {{"close", connection(step.connection)}};
    if (step.actor != "client") json["actor"] = step.actor;
    return json;
  }

  Json write_step(const WaitStep& step) const {
    Json json = {{"wait", sim::format_duration(step.duration)}};
    if (!step.after.empty()) json["after"] = step.after;
    return json;
  }

  Json write_step(const ExitStep& step) const {
    Json which = Json::object();
    if (!step.which.served.empty()) which["served"] = step.which.served;
    if (!step.which.not_served.empty()) which["not_served"] = step.which.not_served;
    if (step.which.where) which["where"] = exit_filter_to_json(*step.which.where);
    Json json = Json::object();
    json[std::string(word_of(kExitActionWords, step.action))] = std::move(which);
    if (step.lasting) json["for"] = sim::format_duration(*step.lasting);
    if (step.count) json["count"] = *step.count;
    if (step.delay != Duration::zero()) json["delay"] = sim::format_duration(step.delay);
    return json;
  }

  Json write_step(const ExpectStep& step) const {
    Json json = Json::object();
    add_expectations(json, step.expect);
    return json;
  }

  Json write(const Submission& what, bool begun) const {
    if (const auto* call = std::get_if<ApiStep>(&what)) return write_call(*call);
    return write_request(std::get<RequestStep>(what), begun);
  }

  Json write_request(const RequestStep& request, bool begun) const {
    static const RequestStep kDefault;
    Json json = Json::object();
    json[begun ? "begin" : request.count > 1 ? "burst" : "request"] = request.label;
    if (request.count > 1) json["count"] = request.count;
    if (request.every != Duration::zero()) json["every"] = sim::format_duration(request.every);
    add_sender(json, request.actor, request.credentials);
    if (!(request.user == kDefault.user)) json["user"] = user(request.user);
    add_session(json, request.session);
    if (request.via != kDefault.via) json["via"] = word_of(kViaWords, request.via);
    if (request.encrypted) json["encrypted"] = true;
    if (request.shape != kDefault.shape) json["shape"] = word_of(kShapeWords, request.shape);
    if (request.connection.kind != ConnectionChoice::Kind::kNew) json["connection"] = connection(request.connection);
    if (request.method != kDefault.method) json["method"] = request.method;
    if (request.host != kDefault.host) json["host"] = request.host;
    if (!request.headers.empty()) json["headers"] = headers(request.headers);
    if (request.body_bytes != 0) json["body_bytes"] = request.body_bytes;
    if (request.answer_bytes != kDefault.answer_bytes) json["answer_bytes"] = request.answer_bytes;
    if (request.answer_status != kDefault.answer_status) json["answer_status"] = request.answer_status;
    if (!request.answer_cookie.empty()) json["answer_cookie"] = request.answer_cookie;
    if (request.gate_at) json["gate_at"] = *request.gate_at;
    add_expectations(json, request.expect);
    return json;
  }

  Json write_call(const ApiStep& call) const {
    Json json = Json::object();
    json[std::string(word_of(kApiWords, call.operation))] = call.label;
    if (call.count > 1) json["count"] = call.count;
    add_sender(json, call.actor, call.credentials);
    if (call.user) json["user"] = user(*call.user);
    add_session(json, call.session);
    add_expectations(json, call.expect);
    return json;
  }

  static void add_sender(Json& json, const std::string& actor, CredentialFault credentials) {
    if (actor != "client") json["actor"] = actor;
    if (credentials != CredentialFault::kNone) json["credentials"] = word_of(kCredentialWords, credentials);
  }

  static void add_session(Json& json, const IssuedSession& session) {
    switch (session.kind) {
      case IssuedSession::Kind::kNone:
        return;
      case IssuedSession::Kind::kCreate:
        json["session"] = "create";
        return;
      case IssuedSession::Kind::kOf:
        json["session"]["of"] = session.value;
        return;
      case IssuedSession::Kind::kRaw:
        json["session"]["raw"] = session.value;
        return;
    }
  }

  static void add_expectations(Json& json, const std::vector<Expectation>& expectations) {
    for (const Expectation& expectation : expectations) json["expect"].push_back(expectation_to_json(expectation));
  }

  /// By its name where it has one.
  Json user(const UserName& user) const {
    for (const auto& [name, known] : scenario_.users) {
      if (known == user) return name;
    }
    return user_parts(user);
  }

  static Json connection(const ConnectionChoice& choice) {
    switch (choice.kind) {
      case ConnectionChoice::Kind::kNew:
        return "new";
      case ConnectionChoice::Kind::kKept:
        return "kept";
      case ConnectionChoice::Kind::kNamed:
        break;
    }
    return {{"name", choice.name}};
  }

  /// Lines of one name become an array; those of different names keep their order.
  static Json headers(const std::vector<std::pair<std::string, std::string>>& fields) {
    Json json = Json::object();
    for (const auto& [name, value] : fields) {
      Json& written = json[name];
      if (written.is_null()) {
        written = value;
      } else if (written.is_array()) {
        written.push_back(value);
      } else {
        written = Json::array({written, value});
      }
    }
    return json;
  }

  const Scenario& scenario_;
};

}  // namespace

std::string scenario_to_json(const Scenario& scenario) { return laid_out(ScenarioWriter(scenario).write()); }

}  // namespace pinproof::conformance
