#include "conformance/run/exchange_lines.h"

#include <algorithm>
#include <string>
#include <utility>

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

bool same_deed(const ExitActed& left, const ExitActed& right) {
  return left.action == right.action && left.at == right.at && left.lasting == right.lasting &&
         left.count == right.count && left.delay == right.delay;
}

/// A deed done to that exit and to others at once, `exits` in all.
std::string text_of(const ExitActed& acted, std::size_t exits) {
  std::string text = "exit " + acted.exit + (exits > 1 ? " and " + std::to_string(exits - 1) + " more" : "") + ": " +
                     std::string(word_of(kExitActionWords, acted.action));
  if (acted.delay > Duration::zero()) text += " by " + sim::format_duration(acted.delay);
  if (acted.lasting) text += " for " + sim::format_duration(*acted.lasting);
  if (acted.count) text += " for " + std::to_string(*acted.count) + (*acted.count == 1 ? " request" : " requests");
  return text;
}

std::vector<reports::ExchangeLine> all_lines(const History& history, const std::set<std::uint64_t>& evidence) {
  std::vector<reports::ExchangeLine> lines;
  const auto add = [&](std::uint64_t id, Instant at, std::string text) {
    lines.push_back({id, sim::format_instant(at), std::move(text), id != 0 && evidence.contains(id)});
  };
  const ExitActed* first = nullptr;  // of a run of the same deed to several exits
  std::size_t exits = 0;
  for (const Record& record : history.records) {
    const auto* const acted = std::get_if<ExitActed>(&record);
    if (acted != nullptr && first != nullptr && same_deed(*first, *acted)) {
      lines.back().text = text_of(*first, ++exits);
      continue;
    }
    first = acted;
    exits = 1;
    if (const auto* const seen = std::get_if<Observation>(&record)) {
      add(seen->id, seen->sent_at, sent(*seen) + " … " + came_back(*seen, history.header.vocabulary));
    } else if (const auto* const call = std::get_if<ApiCall>(&record)) {
      add(call->id, call->sent_at, text_of(*call));
    } else if (acted != nullptr) {
      add(0, acted->at, text_of(*acted, 1));
    } else if (const auto* const trouble = std::get_if<Trouble>(&record)) {
      add(0, trouble->at, "the play stopped: " + trouble->what);
    }
  }
  return lines;
}

}  // namespace

std::vector<reports::ExchangeLine> exchange_lines(const History& history, const std::set<std::uint64_t>& evidence) {
  std::vector<reports::ExchangeLine> lines = all_lines(history, evidence);
  if (lines.size() <= kExchangesMax) return lines;
  std::vector<bool> shown(lines.size(), false);
  std::size_t count = 0;
  const auto show = [&](std::size_t i) {
    if (shown[i] || count == kExchangesMax) return;
    shown[i] = true;
    ++count;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].evidence) continue;
    for (std::size_t back = std::min(i, kExchangesBefore) + 1; back-- > 0;) show(i - back);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) show(i);

  std::vector<reports::ExchangeLine> kept;
  std::size_t left_out = 0;
  const auto say_left_out = [&] {
    if (left_out > 0) kept.push_back({0, "", "… " + std::to_string(left_out) + " more", false});
    left_out = 0;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!shown[i]) {
      ++left_out;
      continue;
    }
    say_left_out();
    kept.push_back(std::move(lines[i]));
  }
  say_left_out();
  return kept;
}

}  // namespace pinproof::conformance
