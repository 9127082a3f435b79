// How a step becomes a stimulus: labels, symbols and what earlier steps were given, resolved.
#include <algorithm>
#include <utility>

#include "conformance/history/labels.h"
#include "conformance/player/needs.h"
#include "conformance/player/steps.h"

namespace pinproof::conformance {
namespace {

std::string quoted(const std::string& label) { return "`" + label + "`"; }

}  // namespace

std::string StepPlayer::label_of(const std::string& label, const Send& send) const {
  return send.index == 0 ? label : label_of_burst(label, send.index);
}

std::string StepPlayer::burst_of(const std::string& label, const Send& send) const {
  return send.index == 0 ? std::string() : label;
}

MayFail StepPlayer::send(const Send& one) {
  return std::visit([&](const auto& step) { return send(step, one); }, *one.what);
}

std::string StepPlayer::path_of(const RequestStep& step, const std::string& token) const {
  std::string path;
  path.reserve(64);
  path.append("/t/").append(token).append("?size=").append(std::to_string(step.answer_bytes));
  if (step.answer_status != 200) path.append("&status=").append(std::to_string(step.answer_status));
  if (!step.answer_cookie.empty()) path.append("&cookie=").append(step.answer_cookie);
  if (step.gate_at) path.append("&gate=").append(std::to_string(*step.gate_at));
  return path;
}

MayFail StepPlayer::send(const RequestStep& step, const Send& send) {
  std::string session;
  if (auto failure = session_of(step.session, session)) return failure;
  Stimulus stimulus;
  stimulus.id = known_.next_id();
  stimulus.actor = step.actor;
  stimulus.account = account_of(scenario_, step.actor);
  stimulus.credentials = step.credentials;
  stimulus.connection = step.connection;
  stimulus.via = step.encrypted ? Via::kConnect : step.via;
  stimulus.encrypted = step.encrypted;
  stimulus.shape = step.shape;
  stimulus.user_name = symbols_.user_name(step.user, user_names_);
  stimulus.method = step.method;
  stimulus.host = symbols_.host(step.host, about_);
  stimulus.token = symbols_.token(stimulus.id);
  stimulus.path = path_of(step, stimulus.token);
  if (!session.empty()) stimulus.headers.add(about_.vocabulary.session, session);
  for (const auto& [name, value] : step.headers) stimulus.headers.add(name, value);
  stimulus.body_bytes = step.body_bytes;

  const std::string used = step.session.kind == IssuedSession::Kind::kCreate ? std::string() : session;
  known_.add({stimulus.id, label_of(step.label, send), pointer_, stimulus.token, target_.now(), used, ""},
             burst_of(step.label, send));
  target_.submit(std::move(stimulus));
  return std::nullopt;
}

MayFail StepPlayer::send(const ApiStep& step, const Send& send) {
  ApiStimulus stimulus;
  if (auto failure = session_of(step.session, stimulus.session)) return failure;
  stimulus.id = known_.next_id();
  stimulus.actor = step.actor;
  stimulus.account = account_of(scenario_, step.actor);
  stimulus.credentials = step.credentials;
  stimulus.operation = step.operation;
  if (step.user) stimulus.user_name = symbols_.user_name(*step.user, user_names_);
  known_.add({stimulus.id, label_of(step.label, send), pointer_, "", target_.now(), stimulus.session, ""},
             burst_of(step.label, send));
  target_.submit(stimulus);
  return std::nullopt;
}

MayFail StepPlayer::session_of(const IssuedSession& session, std::string& into) const {
  if (session.kind != IssuedSession::Kind::kNone && about_.vocabulary.session.empty()) {
    return StepFailure{Verdict::kSetupFail, "the target issues no sessions"};
  }
  switch (session.kind) {
    case IssuedSession::Kind::kNone:
      return std::nullopt;
    case IssuedSession::Kind::kCreate:
      into = "create";
      return std::nullopt;
    case IssuedSession::Kind::kRaw:
      into = session.value;
      return std::nullopt;
    case IssuedSession::Kind::kOf:
      break;
  }
  const Sent* const earlier = known_.find(session.value);
  if (earlier == nullptr) return StepFailure{Verdict::kSetupFail, "nothing was sent as " + quoted(session.value)};
  if (earlier->session.empty()) {
    return StepFailure{Verdict::kSetupFail, "no session id came in the answer to " + quoted(session.value)};
  }
  into = earlier->session;
  return std::nullopt;
}

MayFail StepPlayer::exits_of(const ExitSelector& which, std::vector<sim::ExitId>& into) const {
  std::string served;
  const std::string& label = which.served.empty() ? which.not_served : which.served;
  if (!label.empty()) {
    const Sent* const step = known_.find(label);
    if (step == nullptr) return StepFailure{Verdict::kSetupFail, "nothing was sent as " + quoted(label)};
    if (step->exit.empty())
      return StepFailure{Verdict::kSetupFail, "the exit that served " + quoted(label) + " is not known"};
    served = step->exit;
  }
  for (std::size_t i = 0; i < about_.exits.size(); ++i) {
    const sim::Exit& exit = about_.exits[i];
    if (which.where && !which.where->matches(exit)) continue;
    if (!which.served.empty() && exit.address != served) continue;
    if (!which.not_served.empty() && exit.address == served) continue;
    into.push_back(sim::ExitId{static_cast<std::uint32_t>(i)});
    if (!which.not_served.empty()) break;
  }
  if (into.empty()) return StepFailure{Verdict::kSetupFail, "no exit of the target is the one to act on"};
  return std::nullopt;
}

}  // namespace pinproof::conformance
