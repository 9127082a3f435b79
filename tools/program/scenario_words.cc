#include "tools/program/scenario_words.h"

#include <fmt/format.h>

#include <string_view>
#include <variant>

#include "conformance/scenario/words.h"
#include "sim/core/time.h"
#include "tools/program/expectation_words.h"

namespace pinproof::program {
namespace {

using conformance::ConnectionChoice;
using conformance::CredentialFault;
using conformance::IssuedSession;

std::string in_words(const conformance::UserName& user) {
  if (user.raw) return "\"" + *user.raw + "\"";
  std::string text = user.type + " " + user.region;
  for (const std::string& part : {user.state, user.city}) {
    if (!part.empty()) text += "/" + part;
  }
  if (!user.asn.empty()) text += " asn " + user.asn;
  if (!user.session.empty()) text += " session " + user.session;
  if (!user.minutes.empty()) text += " for " + user.minutes + " minutes";
  return text;
}

std::string in_words(const IssuedSession& session) {
  switch (session.kind) {
    case IssuedSession::Kind::kNone:
      return "";
    case IssuedSession::Kind::kCreate:
      return ", asking for a new session";
    case IssuedSession::Kind::kOf:
      return ", in the session of `" + session.value + "`";
    case IssuedSession::Kind::kRaw:
      return ", in session \"" + session.value + "\"";
  }
  return "";
}

std::string in_words(const ConnectionChoice& connection) {
  switch (connection.kind) {
    case ConnectionChoice::Kind::kNew:
      return "";
    case ConnectionChoice::Kind::kKept:
      return ", on its kept connection";
    case ConnectionChoice::Kind::kNamed:
      return ", on connection " + connection.name;
  }
  return "";
}

std::string in_words(CredentialFault fault) {
  return fault == CredentialFault::kNone
             ? ""
             : fmt::format(", with {} credentials", conformance::word_of(conformance::kCredentialWords, fault));
}

std::string called(const std::string& label) { return label.empty() ? "" : "; calls it `" + label + "`"; }

std::string in_words(const conformance::RequestStep& request, bool with_users) {
  std::string text = request.actor + " sends ";
  if (request.count > 1) {
    text += fmt::format("{} times ", request.count);
    text +=
        request.every > sim::Duration::zero() ? "(every " + sim::format_duration(request.every) + ") " : "(at once) ";
  }
  text += request.method + (request.encrypted ? " https://" : " ") + request.host;
  if (request.via == conformance::Via::kConnect) text += " via CONNECT";
  if (with_users) text += " as " + in_words(request.user);
  text += in_words(request.session) + in_words(request.credentials) + in_words(request.connection);
  for (const auto& [name, value] : request.headers) text += ", with " + name + ": " + value;
  if (request.gate_at) text += fmt::format(", held by the origin after {} bytes", *request.gate_at);
  return text + called(request.label);
}

std::string in_words(const conformance::ApiStep& call, bool) {
  std::string text = call.actor + " calls " + std::string(conformance::word_of(conformance::kApiWords, call.operation));
  if (call.count > 1) text += fmt::format(" {} times", call.count);
  text += in_words(call.session);
  if (call.user) text += " of " + in_words(*call.user);
  return text + in_words(call.credentials) + called(call.label);
}

std::string in_words(const conformance::Submission& submission, bool with_users) {
  return std::visit([with_users](const auto& what) { return in_words(what, with_users); }, submission);
}

const std::vector<conformance::Expectation>& expectations_of(const conformance::Submission& submission) {
  return std::visit([](const auto& what) -> const std::vector<conformance::Expectation>& { return what.expect; },
                    submission);
}

std::string in_words(const conformance::ExitSelector& which) {
  if (!which.served.empty()) return "the exit that served `" + which.served + "`";
  if (!which.not_served.empty()) {
    return "an exit that did not serve `" + which.not_served + "`" +
           (which.where ? " among " + program::in_words(*which.where) : "");
  }
  return which.where && *which.where != sim::ExitFilter{} ? program::in_words(*which.where) : "every exit";
}

void add(StepInWords& step, const std::vector<conformance::Expectation>& expectations) {
  for (const conformance::Expectation& expectation : expectations)
    step.expectations.push_back(program::in_words(expectation));
}

struct Teller {
  bool with_users;

  StepInWords operator()(const conformance::DoStep& step) const {
    StepInWords told{in_words(step.what, with_users), {}};
    add(told, expectations_of(step.what));
    return told;
  }

  StepInWords operator()(const conformance::ParallelStep& step) const {
    StepInWords told{"at the same instant:", {}};
    for (std::size_t i = 0; i < step.what.size(); ++i)
      told.text += (i == 0 ? " " : "; and ") + in_words(step.what[i], with_users);
    for (const conformance::Submission& submission : step.what) add(told, expectations_of(submission));
    add(told, step.expect);
    return told;
  }

  StepInWords operator()(const conformance::BeginStep& step) const {
    StepInWords told{in_words(step.what, with_users) + ", and does not wait", {}};
    add(told, expectations_of(step.what));
    return told;
  }

  StepInWords operator()(const conformance::AwaitStep& step) const {
    StepInWords told{"waits for the answer of `" + step.label + "`", {}};
    add(told, step.expect);
    return told;
  }

  StepInWords operator()(const conformance::ReleaseStep& step) const {
    return {"the origin goes on with the answer of `" + step.label + "`", {}};
  }

  StepInWords operator()(const conformance::AbandonStep& step) const {
    return {"the client gives up `" + step.label + "`", {}};
  }

  StepInWords operator()(const conformance::CloseStep& step) const {
    const bool is_named = step.connection.kind == ConnectionChoice::Kind::kNamed;
    return {step.actor + " closes " + (is_named ? "connection " + step.connection.name : "its kept connection"), {}};
  }

  StepInWords operator()(const conformance::WaitStep& step) const {
    const std::string duration = sim::format_duration(step.duration);
    return {step.after.empty() ? duration + " pass"
                               : "time passes until " + duration + " after `" + step.after + "` was sent",
            {}};
  }

  StepInWords operator()(const conformance::ExitStep& step) const {
    std::string text =
        fmt::format("{}: {}", conformance::word_of(conformance::kExitActionWords, step.action), in_words(step.which));
    if (step.delay > sim::Duration::zero()) text += ", by " + sim::format_duration(step.delay);
    if (step.lasting) text += ", for " + sim::format_duration(*step.lasting);
    if (step.count) text += fmt::format(", for {} requests", *step.count);
    return {text, {}};
  }

  StepInWords operator()(const conformance::ExpectStep& step) const {
    StepInWords told{"then", {}};
    add(told, step.expect);
    return told;
  }
};

}  // namespace

StepInWords in_words(const conformance::Step& step, bool with_users) {
  StepInWords told = std::visit(Teller{with_users}, step.what);
  if (!step.note.empty()) told.text += " (" + step.note + ")";
  return told;
}

}  // namespace pinproof::program
