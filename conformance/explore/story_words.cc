#include "conformance/explore/story_words.h"

#include <algorithm>
#include <string_view>

#include "conformance/scenario/limits.h"

namespace pinproof::conformance {
namespace {

std::string counted(std::uint32_t count, std::string_view one, std::string_view many) {
  return count == 1 ? "a " + std::string(one) : std::to_string(count) + " " + std::string(many);
}

class Teller {
 public:
  explicit Teller(const Scenario& scenario) : scenario_(scenario) {}

  std::string operator()(const DoStep& step) const { return sent(step.what); }
  std::string operator()(const BeginStep& step) const {
    const auto* const request = std::get_if<RequestStep>(&step.what);
    return sent(step.what) + (request != nullptr && request->gate_at ? " held in mid-answer" : " not waited for");
  }
  std::string operator()(const ParallelStep& step) const {
    std::string text = "at once ";
    for (std::size_t i = 0; i < step.what.size(); ++i) text += (i > 0 ? " and " : "") + sent(step.what[i]);
    return text;
  }
  std::string operator()(const AwaitStep& step) const { return step.label + " is awaited"; }
  std::string operator()(const ReleaseStep& step) const { return step.label + " goes on"; }
  std::string operator()(const AbandonStep& step) const { return step.label + " is given up"; }
  std::string operator()(const CloseStep&) const { return "a connection is closed"; }
  std::string operator()(const WaitStep& step) const {
    const std::string time = sim::format_duration(step.duration);
    return step.after.empty() ? time + " pass" : "until " + time + " after " + step.after;
  }
  std::string operator()(const ExitStep& step) const {
    const bool one = !step.which.served.empty() || !step.which.not_served.empty();
    const std::string which = !step.which.served.empty()       ? "the exit of " + step.which.served
                              : !step.which.not_served.empty() ? "an exit other than that of " + step.which.not_served
                              : step.which.where == sim::ExitFilter{} ? "all exits"
                                                                      : "all matching exits";
    return which + " " + does(step.action, one);
  }
  std::string operator()(const ExpectStep&) const { return "a look back"; }

 private:
  static std::string does(sim::ExitAction action, bool one) {
    switch (action) {
      case sim::ExitAction::kDrop:
        return one ? "drops" : "drop";
      case sim::ExitAction::kRestore:
        return one ? "is back" : "are back";
      case sim::ExitAction::kReset:
        return one ? "resets its connections" : "reset their connections";
      case sim::ExitAction::kFail:
        return one ? "fails" : "fail";
      case sim::ExitAction::kSlow:
        return one ? "is slow" : "are slow";
      case sim::ExitAction::kBlackhole:
        return one ? "answers nothing" : "answer nothing";
    }
    return {};
  }

  std::string sent(const Submission& what) const {
    return std::visit([this](const auto& step) { return sent(step); }, what);
  }

  std::string sent(const RequestStep& step) const {
    std::string text = counted(step.count, "request", "requests") + " " + step.label;
    for (const auto& [name, user] : scenario_.users) {
      if (user == step.user) text += " as " + name;
    }
    if (step.session.kind == IssuedSession::Kind::kCreate) text += " for a new session";
    if (step.session.kind == IssuedSession::Kind::kOf) text += " in the session of " + step.session.value;
    if (step.session.kind == IssuedSession::Kind::kRaw) text += " with an id never issued";
    if (step.via == Via::kConnect) text += " by CONNECT";
    if (step.actor != "client") text += " by " + step.actor;
    if (step.credentials != CredentialFault::kNone) text += " with bad credentials";
    return text;
  }

  std::string sent(const ApiStep& step) const {
    switch (step.operation) {
      case ApiOperation::kCreate:
        return counted(step.count, "session is created", "sessions are created");
      case ApiOperation::kList:
        return "the sessions are listed";
      case ApiOperation::kDelete:
        return "a session is deleted";
    }
    return {};
  }

  const Scenario& scenario_;
};

}  // namespace

std::string title_of(const Scenario& scenario, const Requirement& broken) {
  std::string title = "Broken: " + broken.title + ". ";
  const Teller teller(scenario);
  for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
    const std::string next = (i > 0 ? ", " : "") + std::visit(teller, scenario.steps[i].what);
    if (title.size() + next.size() + 4 > kTextMax) return title + ", …";
    title += next;
  }
  return title;
}

}  // namespace pinproof::conformance
