#include "conformance/scenario/step_reader.h"

#include <algorithm>
#include <string>
#include <type_traits>

#include "conformance/scenario/limits.h"
#include "conformance/scenario/submission_reader.h"
#include "conformance/scenario/words.h"

namespace pinproof::conformance {
namespace {

using sim::in_quotes;
using sim::JsonReader;
using Fields = std::vector<std::string_view>;

Fields joined(Fields fields, const Fields& more) {
  fields.insert(fields.end(), more.begin(), more.end());
  return fields;
}

std::string listed(const Fields& words) {
  std::string list;
  for (const std::string_view word : words) list += (list.empty() ? "" : ", ") + in_quotes(word);
  return list;
}

/// The one key of `json` that is among `verbs`. "expect" is a field wherever there is another verb.
std::string_view read_verb(const JsonReader& json, const Fields& verbs) {
  std::string_view verb;
  std::string_view stranger;
  bool expects = false;
  for (const auto& [key, value] : json.members()) {
    const auto found = std::find(verbs.begin(), verbs.end(), key);
    if (found == verbs.end()) {
      if (const auto near = sim::nearest_word(key, verbs); near && stranger.empty()) stranger = *near;
    } else if (*found == "expect") {
      expects = true;
    } else if (verb.empty()) {
      verb = *found;
    } else {
      json.refuse("both " + in_quotes(verb) + " and " + in_quotes(*found), "one verb a step");
    }
  }
  if (!verb.empty()) return verb;
  if (expects && stranger.empty()) return "expect";
  json.refuse("an object without a verb",
              "one of " + listed(verbs) + (stranger.empty() ? "" : " (did you mean " + in_quotes(stranger) + "?)"));
}

class StepReader {
 public:
  StepReader(const JsonReader& json, ReadingContext& context) : json_(json), context_(context) {}

  Step read() {
    verb_ = read_verb(json_, step_verbs());
    Step step{dispatch(), json_.pointer(), ""};
    if (const auto note = json_.optional("note")) step.note = note->non_empty_string(kTextMax);
    context_.labels.settle();
    return step;
  }

 private:
  using What = decltype(Step::what);

  What dispatch() {
    if (verb_ == "request" || verb_ == "burst") return DoStep{read_sent(json_, verb_, {"note"})};
    if (verb_ == "create_session" || verb_ == "list_sessions" || verb_ == "delete_session") {
      return DoStep{read_sent(json_, verb_, {"note"})};
    }
    if (verb_ == "parallel") return read_parallel();
    if (verb_ == "begin") return read_begin();
    if (verb_ == "await") return read_await();
    if (verb_ == "release") return read_release();
    if (verb_ == "abandon") return read_abandon();
    if (verb_ == "close") return read_close();
    if (verb_ == "wait") return read_wait();
    if (verb_ == "expect") {
      fields({});
      return ExpectStep{read_expectations(json_.at("expect"), {}, true)};
    }
    return read_exit_step();
  }

  /// No field but the verb, the note and `allowed`.
  void fields(Fields allowed) const {
    allowed.insert(allowed.begin(), verb_);
    allowed.push_back("note");
    json_.object(allowed);
  }

  /// A submission with its own expectations.
  Submission read_sent(const JsonReader& json, std::string_view verb, const Fields& more) {
    Submission sent = read_submission(json, verb, joined(more, {"expect"}));
    read_own_expectations(json, sent);
    return sent;
  }

  Submission read_submission(const JsonReader& json, std::string_view verb, const Fields& more) {
    Fields allowed = joined({verb}, more);
    if (verb == "create_session") {
      json.object(joined(allowed, {"actor", "credentials", "count"}));
      return read_api_call(json, verb, context_);
    }
    if (verb == "list_sessions") {
      json.object(joined(allowed, {"actor", "credentials", "user"}));
      return read_api_call(json, verb, context_);
    }
    if (verb == "delete_session") {
      json.object(joined(allowed, {"actor", "credentials", "session", "user"}));
      return read_api_call(json, verb, context_);
    }
    if (verb == "burst") allowed = joined(allowed, {"count", "every"});
    if (verb == "begin") allowed = joined(allowed, {"gate_at"});
    json.object(joined(allowed, request_fields()));
    return read_request(json, verb, context_);
  }

  void read_own_expectations(const JsonReader& json, Submission& sent) {
    const auto expect = json.optional("expect");
    if (!expect) return;
    std::visit(
        [&](auto& step) {
          LabelKind kind = LabelKind::kRequest;
          if constexpr (std::is_same_v<std::decay_t<decltype(step)>, ApiStep>) kind = kind_of(step.operation);
          step.expect = read_expectations(*expect, {kind}, false);
        },
        sent);
  }

  static LabelKind kind_of(ApiOperation operation) {
    switch (operation) {
      case ApiOperation::kCreate:
        return LabelKind::kCreateSession;
      case ApiOperation::kList:
        return LabelKind::kListSessions;
      case ApiOperation::kDelete:
        return LabelKind::kDeleteSession;
    }
    return LabelKind::kRequest;
  }

  /// `kinds` are those of the step's own labels, which an expectation without "of" is about.
  std::vector<Expectation> read_expectations(const JsonReader& json, const std::vector<LabelKind>& kinds,
                                             bool needs_of) {
    std::vector<Expectation> expectations;
    for (const JsonReader& element : json.array(1, kExpectationsMax)) {
      struct Named {
        JsonReader where;
        LabelKind kind;
      };
      std::vector<Named> subjects;
      const Expectation expectation =
          read_expectation(element, [&](const JsonReader& where, const std::string&, LabelUse use) {
            context_.labels.check_use(where, use);
            if (use == LabelUse::kSubject) subjects.push_back({where, context_.labels.answered(where).kind});
          });
      if (expectation.of.empty() && needs_of)
        element.refuse("an expectation without \"of\"", "the labels that it is about");
      if (!expectation.requirement.empty()) check_requirement(element.at("requirement"));
      for (const Named& subject : subjects) LabelScope::check_subject(subject.where, expectation.check, subject.kind);
      if (subjects.empty()) {
        for (const LabelKind kind : kinds) LabelScope::check_subject(element, expectation.check, kind);
      }
      expectations.push_back(expectation);
    }
    return expectations;
  }

  void check_requirement(const JsonReader& json) const {
    Fields ids(context_.scenario.requirements.begin(), context_.scenario.requirements.end());
    json.choose(ids);
  }

  What read_parallel() {
    fields({"expect"});
    static const Fields kVerbs{"request", "burst", "create_session", "list_sessions", "delete_session"};
    ParallelStep step;
    std::vector<LabelKind> kinds;
    const std::vector<JsonReader> elements = json_.at("parallel").array(2, kParallelMax);
    for (const JsonReader& element : elements) {
      step.what.push_back(read_submission(element, read_verb(element, kVerbs), {"expect"}));
      const auto* call = std::get_if<ApiStep>(&step.what.back());
      kinds.push_back(call == nullptr ? LabelKind::kRequest : kind_of(call->operation));
    }
    // Only now: what is expected of one may name another of the group.
    for (std::size_t i = 0; i < elements.size(); ++i) read_own_expectations(elements[i], step.what[i]);
    if (const auto expect = json_.optional("expect")) step.expect = read_expectations(*expect, kinds, false);
    return step;
  }

  What read_begin() {
    BeginStep step{read_submission(json_, verb_, {"note"})};
    context_.labels.begin(std::get<RequestStep>(step.what).label);
    return step;
  }

  What read_await() {
    fields({"expect"});
    AwaitStep step{json_.at(verb_).string(), {}};
    context_.labels.finish(json_.at(verb_));
    if (const auto expect = json_.optional("expect"))
      step.expect = read_expectations(*expect, {LabelKind::kRequest}, false);
    return step;
  }

  What read_release() {
    fields({});
    context_.labels.release(json_.at(verb_));
    return ReleaseStep{json_.at(verb_).string()};
  }

  What read_abandon() {
    fields({});
    context_.labels.finish(json_.at(verb_));
    return AbandonStep{json_.at(verb_).string()};
  }

  What read_close() {
    fields({"actor"});
    CloseStep step{read_actor(json_, context_), read_connection(json_.at(verb_))};
    if (step.connection.kind == ConnectionChoice::Kind::kNew) json_.at(verb_).refuse("\"kept\" or {\"name\": NAME}");
    if (!context_.connections.contains(connection_key(step.actor, step.connection))) {
      json_.at(verb_).refuse("a connection that an earlier step used");
    }
    return step;
  }

  What read_wait() {
    fields({"after"});
    WaitStep step{json_.at(verb_).duration(Duration::zero(), kWaitMax), ""};
    if (const auto after = json_.optional("after")) {
      context_.labels.sent(*after);
      step.after = after->string();
    }
    return step;
  }

  What read_exit_step() {
    ExitStep step;
    for (const auto& [word, action] : kExitActionWords) {
      if (word == verb_) step.action = action;
    }
    const bool lasts = step.action != sim::ExitAction::kRestore && step.action != sim::ExitAction::kReset;
    const bool slow = step.action == sim::ExitAction::kSlow;
    fields(joined(lasts ? Fields{"for", "count"} : Fields{}, slow ? Fields{"delay"} : Fields{}));
    step.which = read_selector(json_.at(verb_));
    if (const auto lasting = json_.optional("for")) step.lasting = lasting->duration(Duration{1}, kWaitMax);
    if (const auto count = json_.optional("count"))
      step.count = static_cast<std::uint32_t>(count->integer(1, kBurstMax));
    if (slow) step.delay = json_.at("delay").duration(Duration{1}, kWaitMax);
    return step;
  }

  ExitSelector read_selector(const JsonReader& json) {
    json.object({"served", "not_served", "where"});
    ExitSelector which;
    const auto label = [&](std::string_view key, std::string& into) {
      const auto member = json.optional(key);
      if (!member) return;
      if (context_.labels.sent(*member).kind != LabelKind::kRequest)
        member->refuse("the label of a request, which has an exit");
      into = member->string();
    };
    label("served", which.served);
    label("not_served", which.not_served);
    if (const auto where = json.optional("where")) which.where = read_exit_filter(*where);
    if (!which.served.empty() && json.members().size() > 1)
      json.at("served").refuse("nothing beside \"served\", which says it all");
    if (json.members().empty())
      json.refuse("an object that selects nothing", "\"served\", \"not_served\" or \"where\"");
    return which;
  }

  const JsonReader& json_;
  ReadingContext& context_;
  std::string_view verb_;
};

}  // namespace

const std::vector<std::string_view>& step_verbs() {
  static const std::vector<std::string_view> verbs{
      "request",   "burst",          "parallel",      "begin",          "release", "await", "abandon",
      "close",     "wait",           "drop",          "restore",        "reset",   "fail",  "slow",
      "blackhole", "create_session", "list_sessions", "delete_session", "expect"};
  return verbs;
}

Step read_step(const JsonReader& json, ReadingContext& context) { return StepReader(json, context).read(); }

}  // namespace pinproof::conformance
