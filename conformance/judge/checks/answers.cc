#include "conformance/judge/checks/answers.h"

#include <charconv>

namespace pinproof::conformance {

std::string name_of(const Observation& seen) {
  return seen.label.empty() ? "request " + std::to_string(seen.id) : "`" + seen.label + "`";
}

std::string name_of(const ApiCall& call) {
  return call.label.empty() ? "call " + std::to_string(call.id) : "`" + call.label + "`";
}

std::string answer_words(const Observation& seen, const Vocabulary& vocabulary) {
  std::string words;
  if (answered(seen)) {
    words = std::to_string(seen.status);
    const auto code = vocabulary.error.empty() ? std::nullopt : gateway_headers(seen).find(vocabulary.error);
    if (code) words.append(" (").append(*code).append(")");
  }
  const auto add = [&](std::string_view more) { words.append(words.empty() ? "" : ", then ").append(more); };
  switch (seen.end) {
    case AnswerEnd::kComplete:
      break;
    case AnswerEnd::kCut:
      add(seen.why.empty() ? "the connection closed inside the answer" : seen.why);
      break;
    case AnswerEnd::kClosed:
      add(seen.why.empty() ? "the connection closed without an answer" : seen.why);
      break;
    case AnswerEnd::kTimedOut:
      add("nothing more for " + sim::format_duration(seen.ended_at - seen.sent_at));
      break;
    case AnswerEnd::kAbandoned:
      add("given up by the client");
      break;
  }
  return words;
}

Ruling no_answer(const Observation& seen, const Vocabulary& vocabulary) {
  return undecided("no answer to " + name_of(seen) + " that could say it: " + answer_words(seen, vocabulary),
                   {seen.id});
}

Ruling no_answer(const ApiCall& call) {
  return undecided("no answer to " + name_of(call) + " that could say it", {call.id});
}

const sim::Headers& gateway_headers(const Observation& seen) {
  return seen.connect ? seen.connect->headers : seen.headers;
}

std::optional<std::int64_t> integer_of(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Forwarded was_forwarded(const Observation& seen, const Seen& all) {
  const Capabilities& can = all.header().capabilities;
  if (seen.token.empty()) return Forwarded::kUnknown;
  if (!tries_of(all.upstreams(seen.token)).empty() || !all.origin(seen.token).empty()) return Forwarded::kYes;
  const bool visible = can.has(Capability::kAttempts) || can.has(Capability::kExits);
  return visible && all.journals_reach(seen) ? Forwarded::kNo : Forwarded::kUnknown;
}

}  // namespace pinproof::conformance
