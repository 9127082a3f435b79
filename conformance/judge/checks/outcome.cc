// What came of a request, in words that do not depend on a reading.
#include "conformance/judge/checks/answers.h"
#include "conformance/judge/checks/checks.h"
#include "conformance/scenario/words.h"

namespace pinproof::conformance {
namespace {

constexpr int kBadHeader = 540;  // the one client error of a dialect that is not a 4xx (C-RET-4)

bool is_client_error(int status) { return status / 100 == 4 || status == kBadHeader; }

/// A body shorter than its head said, where one is to be expected.
bool is_truncated(const Observation& seen) {
  return seen.body_declared && seen.method != "HEAD" && seen.status != 304 && seen.body_bytes < *seen.body_declared;
}

bool has_gateway_error(const Observation& seen, const Vocabulary& vocabulary) {
  return !vocabulary.error.empty() && gateway_headers(seen).has(vocabulary.error);
}

Ruling unmet(const std::string& expected, const Observation& seen, const Seen& all) {
  return failed(
      "expected " + name_of(seen) + " to be " + expected + ", saw " + answer_words(seen, all.header().vocabulary),
      {seen.id});
}

/// Of an answer that must not come from beyond the gateway.
Ruling nothing_forwarded(const std::string& expected, const Observation& seen, const Seen& all) {
  switch (was_forwarded(seen, all)) {
    case Forwarded::kNo:
      return passed();
    case Forwarded::kYes:
      return failed("expected " + name_of(seen) + " to be " + expected + " and not forwarded, but it was, through " +
                        all.served_by(seen).address,
                    {seen.id});
    case Forwarded::kUnknown:
      break;
  }
  const Capabilities& can = all.header().capabilities;
  // Where neither upstreams nor the origin can be seen, the answer is all there is to judge.
  if (!can.has(Capability::kAttempts) && !can.has(Capability::kExits)) return passed();
  return undecided("the journals end before " + name_of(seen) + " does, so that whether it was forwarded is not known",
                   {seen.id});
}

Ruling served(const Observation& seen, const Seen& all) {
  const bool whole = seen.end == AnswerEnd::kComplete && !is_truncated(seen);
  const bool connected = !seen.connect || seen.connect->status / 100 == 2;
  if (!whole || !connected || has_gateway_error(seen, all.header().vocabulary)) return unmet("served", seen, all);
  if (!all.header().capabilities.has(Capability::kExits) || seen.token.empty() || !all.origin(seen.token).empty())
    return passed();
  if (!all.journals_reach(seen)) {
    return undecided("the journals end before " + name_of(seen) + " does, so that who answered is not known",
                     {seen.id});
  }
  return failed("expected " + name_of(seen) + " to be served, but the origin never saw it and the answer was " +
                    answer_words(seen, all.header().vocabulary),
                {seen.id});
}

Ruling refused(const Observation& seen, const Seen& all) {
  if (seen.end != AnswerEnd::kComplete || !is_client_error(seen.status))
    return unmet("refused with a client error", seen, all);
  return nothing_forwarded("refused", seen, all);
}

Ruling upstream_error(const Observation& seen, const Seen& all) {
  if (seen.end == AnswerEnd::kCut || seen.end == AnswerEnd::kClosed) return passed();
  if (seen.end == AnswerEnd::kComplete && is_truncated(seen)) {
    return failed("expected " + name_of(seen) + " to end in an error or a close, but " +
                      std::to_string(seen.body_bytes) + " of " + std::to_string(*seen.body_declared) +
                      " bytes were passed off as whole",
                  {seen.id});
  }
  const bool error = seen.status == 502 || seen.status == 503 || seen.status == 504;
  if (seen.end == AnswerEnd::kComplete && error) return passed();
  return unmet("a gateway error (502, 503, 504) or a close", seen, all);
}

Ruling unavailable(const Observation& seen, const Seen& all) {
  if (seen.end == AnswerEnd::kComplete && (seen.status == 502 || seen.status == 503)) return passed();
  return unmet("refused as unavailable (502, 503)", seen, all);
}

Ruling delay_refused(const Observation& seen, const Seen& all) {
  const std::string expected = "refused with 503 and Retry-After";
  if (seen.end != AnswerEnd::kComplete || seen.status != 503 || !seen.headers.has("Retry-After"))
    return unmet(expected, seen, all);
  return nothing_forwarded(expected, seen, all);
}

}  // namespace

Ruling outcome_is(Outcome outcome, const Observation& seen, const Seen& all) {
  if (seen.end == AnswerEnd::kAbandoned) return no_answer(seen, all.header().vocabulary);
  switch (outcome) {
    case Outcome::kServed:
      return served(seen, all);
    case Outcome::kRefused:
      return refused(seen, all);
    case Outcome::kUpstreamError:
      return upstream_error(seen, all);
    case Outcome::kUnavailable:
      return unavailable(seen, all);
    case Outcome::kDelayRefused:
      return delay_refused(seen, all);
  }
  return passed();
}

Ruling outcome_is(Outcome outcome, const ApiCall& call) {
  bool met = false;
  switch (outcome) {
    case Outcome::kServed:
      met = call.status / 100 == 2 && !call.malformed;
      break;
    case Outcome::kRefused:
      met = is_client_error(call.status);
      break;
    case Outcome::kUpstreamError:
      met = call.status == 502 || call.status == 503 || call.status == 504;
      break;
    case Outcome::kUnavailable:
      met = call.status == 502 || call.status == 503;
      break;
    case Outcome::kDelayRefused:
      met = call.status == 503 && call.headers.has("Retry-After");
      break;
  }
  if (met) return passed();
  std::string saw = call.status == 0 ? "no answer" : std::to_string(call.status);
  if (call.malformed) saw += " with a body that is not what was promised";
  return failed("expected " + name_of(call) + " to be " + std::string(word_of(kOutcomeWords, outcome)) + ", saw " + saw,
                {call.id});
}

Ruling rule(const OutcomeCheck& check, const Subject& subject, const Seen& all) {
  struct One {
    Outcome outcome;
    const Seen& all;
    Ruling operator()(const Observation& seen) const { return outcome_is(outcome, seen, all); }
    Ruling operator()(const ApiCall& call) const { return outcome_is(outcome, call); }
  };
  return on_each(subject, One{check.outcome, all});
}

Ruling rule(const BodyCheck& check, const Subject& subject, const Seen& all) {
  return on_each(subject, [&](const Observation& seen) {
    if (seen.end == AnswerEnd::kAbandoned) return no_answer(seen, all.header().vocabulary);
    if (check.bytes && seen.body_bytes != *check.bytes) {
      return failed("expected a body of " + std::to_string(*check.bytes) + " bytes for " + name_of(seen) + ", saw " +
                        std::to_string(seen.body_bytes),
                    {seen.id});
    }
    const bool whole = seen.end == AnswerEnd::kComplete && !is_truncated(seen);
    if (check.whole && *check.whole != whole) {
      const std::string expected = *check.whole ? "a whole body" : "a body that is cut off";
      return failed("expected " + expected + " for " + name_of(seen) + ", saw " + std::to_string(seen.body_bytes) +
                        " bytes and " + answer_words(seen, all.header().vocabulary),
                    {seen.id});
    }
    return passed();
  });
}

}  // namespace pinproof::conformance
