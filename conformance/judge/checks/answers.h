// What the checks share about answers. Only the checks' own sources include this.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "conformance/judge/ruling.h"
#include "conformance/judge/seen.h"

namespace pinproof::conformance {

/// "`first`", or "request 7" where it has no label.
std::string name_of(const Observation& seen);
std::string name_of(const ApiCall& call);

/// "200", "502 (econnrefused)", "no answer in 21m", "the connection closed".
std::string answer_words(const Observation& seen, const Vocabulary& vocabulary);

/// Whether a head of an answer came.
inline bool answered(const Observation& seen) { return seen.status != 0; }
inline bool answered(const ApiCall& call) { return call.status != 0; }

/// Undecided, since no answer came that could have said it.
Ruling no_answer(const Observation& seen, const Vocabulary& vocabulary);
Ruling no_answer(const ApiCall& call);

/// Applies `rule_one` to every observation of the subject (and, where it takes one, to every call), and gives the worst.
template <class RuleOne>
Ruling on_each(const Subject& subject, RuleOne rule_one) {
  std::vector<Ruling> rulings;
  for (const Observation* const seen : subject.observations) rulings.push_back(rule_one(*seen));
  for (const ApiCall* const call : subject.calls) {
    if constexpr (std::is_invocable_v<RuleOne, const ApiCall&>) {
      rulings.push_back(rule_one(*call));
    } else {
      rulings.push_back(undecided(name_of(*call) + " is a call of the API, of which this cannot be said", {call->id}));
    }
  }
  return worst_of(rulings);
}

/// The headers in which the gateway speaks: of its reply to CONNECT, where the request was sent with one, else of the answer.
const sim::Headers& gateway_headers(const Observation& seen);

/// The value of a header that integers are expected in.
std::optional<std::int64_t> integer_of(std::string_view text);

/// How a request's outcome stands to a word; undecided where the journals do not reach far enough.
Ruling outcome_is(Outcome outcome, const Observation& seen, const Seen& all);
Ruling outcome_is(Outcome outcome, const ApiCall& call);

/// Whether a re-pin is announced as `announced` says.
Ruling repin_is(bool announced, const Observation& seen, const Seen& all);

/// Whether something of that request reached an upstream, or the origin where upstreams are not seen; undecided: nothing can be seen.
enum class Forwarded : std::uint8_t { kYes, kNo, kUnknown };
Forwarded was_forwarded(const Observation& seen, const Seen& all);

}  // namespace pinproof::conformance
