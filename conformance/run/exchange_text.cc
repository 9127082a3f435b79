#include "conformance/run/exchange_text.h"

#include <optional>
#include <string_view>

#include "conformance/history/words.h"

namespace pinproof::conformance {
namespace {

constexpr std::size_t kUserNameShown = 44;

std::string label_of(const std::string& label) { return label.empty() ? "" : label + ": "; }

/// The end of a user name is what tells sessions apart.
std::string short_user_name(const std::string& name) {
  return name.size() <= kUserNameShown ? name : "…" + name.substr(name.size() - kUserNameShown);
}

std::string ending_of(const Observation& seen) {
  if (!seen.why.empty()) return seen.why;
  switch (seen.end) {
    case AnswerEnd::kComplete:
      return "";
    case AnswerEnd::kCut:
      return "cut off inside the answer";
    case AnswerEnd::kClosed:
      return "closed without an answer";
    case AnswerEnd::kTimedOut:
      return "no answer";
    case AnswerEnd::kAbandoned:
      return "given up by the client";
  }
  return "";
}

class Phrase {
 public:
  void add(const std::string& words) {
    if (!words.empty()) text_ += (text_.empty() ? "" : ", ") + words;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string came_back(const Observation& seen, const Vocabulary& vocabulary) {
  Phrase words;
  if (seen.status != 0) words.add(std::to_string(seen.status));
  const sim::Headers& headers = seen.connect ? seen.connect->headers : seen.headers;
  const auto field = [&](const std::string& name) {
    return name.empty() ? std::optional<std::string_view>{} : headers.find(name);
  };
  if (const auto code = field(vocabulary.error)) words.add(std::string(*code));
  words.add(ending_of(seen));
  if (!seen.exit_by_origin.empty()) {
    words.add("via " + seen.exit_by_origin);
  } else if (!seen.exit_by_header.empty()) {
    words.add("via " + seen.exit_by_header + " (claimed)");
  }
  if (field(vocabulary.repinned)) words.add("re-pinned");
  if (!vocabulary.session.empty()) {
    const auto issued = seen.headers.find(vocabulary.session);
    if (issued && *issued != seen.session) words.add("session " + std::string(*issued));
  }
  if (const auto delay = field(vocabulary.next_request_in)) words.add("next request in " + std::string(*delay) + " s");
  const Duration delay = seen.answered_at - seen.sent_at;
  if (delay > Duration::zero()) words.add("after " + sim::format_duration(delay));
  return words.text();
}

std::string sent(const Observation& seen) {
  std::string text = label_of(seen.label) + seen.actor + " → " + seen.method + " " + seen.host;
  if (seen.via == Via::kConnect) text += seen.inside_tunnel ? " in the open tunnel" : " by CONNECT";
  if (seen.connection_reused && !seen.inside_tunnel) text += " on the same connection";
  if (!seen.user_name.empty()) text += " as " + short_user_name(seen.user_name);
  if (!seen.session.empty()) text += " in session " + seen.session;
  if (seen.credentials != CredentialFault::kNone) {
    text += " with credentials " + std::string(word_of(kCredentialWords, seen.credentials));
  }
  return text;
}

}  // namespace

std::string text_of(const Observation& seen, const Vocabulary& vocabulary) {
  return sent(seen) + " … " + came_back(seen, vocabulary);
}

std::string text_of(const ApiCall& call) {
  std::string text = label_of(call.label) + call.actor + " → " + std::string(word_of(kApiWords, call.operation));
  if (!call.session.empty()) text += " " + call.session;
  if (!call.user_name.empty()) text += " of " + short_user_name(call.user_name);
  if (call.credentials != CredentialFault::kNone) {
    text += " with credentials " + std::string(word_of(kCredentialWords, call.credentials));
  }
  Phrase words;
  words.add(call.result == ApiResult::kNoAnswer ? "no answer" : std::to_string(call.status));
  if (!call.created.empty()) words.add("session " + call.created);
  if (call.operation == ApiOperation::kList && call.status / 100 == 2) {
    words.add(std::to_string(call.listed.size()) + (call.listed.size() == 1 ? " session" : " sessions"));
  }
  if (call.malformed) words.add("the body is not what was promised");
  return text + " … " + words.text();
}

std::string text_of(const ExitActed& acted, std::size_t exits) {
  std::string text = "exit " + acted.exit + (exits > 1 ? " and " + std::to_string(exits - 1) + " more" : "") + ": " +
                     std::string(word_of(kExitActionWords, acted.action));
  if (acted.delay > Duration::zero()) text += " by " + sim::format_duration(acted.delay);
  if (acted.lasting) text += " for " + sim::format_duration(*acted.lasting);
  if (acted.count) text += " for " + std::to_string(*acted.count) + (*acted.count == 1 ? " request" : " requests");
  return text;
}

}  // namespace pinproof::conformance
