// C-EXT-1: what real clients rely on: the version header on every response, the session header on an error inside a
// session, and the names of the gateway's headers spelled to the letter.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {
namespace {

constexpr std::string_view kId = "C-EXT-1";

// The name under which a documented header came, where it is spelled in another way.
std::string_view misspelled(const Vocabulary& words, const sim::Headers& headers) {
  const std::array<const std::string*, 5> documented{&words.version, &words.session, &words.error,
                                                     &words.next_request_in, &words.exit_address};
  for (const auto field : headers) {
    const std::string_view name = field.name;
    if (std::any_of(documented.begin(), documented.end(), [&](const std::string* word) { return name == *word; }))
      continue;
    for (const std::string* word : documented) {
      if (name.size() == word->size() && sim::same_field_name(name, *word)) return name;
    }
  }
  return {};
}

bool of_head(const HistoryHeader& header, const sim::Headers& headers, std::string_view what, Holdings& holdings) {
  const Vocabulary& words = header.vocabulary;
  if (!headers.has(words.version)) {
    broken(holdings, kId, fmt::format("{} came without {}", what, words.version));
    return false;
  }
  const std::string_view name = misspelled(words, headers);
  if (name.empty()) return true;
  broken(holdings, kId, fmt::format("{} has {}, which is documented in another spelling", what, name));
  return false;
}

}  // namespace

void c_ext_1(const HistoryHeader& header, const Observation& seen, Holdings& holdings) {
  if (header.vocabulary.version.empty()) return;
  if (seen.connect && !of_head(header, seen.connect->headers, "the reply to CONNECT", holdings)) return;
  if (seen.status != 0 && of_head(header, seen.headers, "the response", holdings)) held(holdings, kId);
}

void c_ext_1(const HistoryHeader& header, const ApiCall& call, Holdings& holdings) {
  if (header.vocabulary.version.empty() || call.status == 0) return;
  if (of_head(header, call.headers, "the answer of /sessions", holdings)) held(holdings, kId);
}

// Of errors that the gateway gave after it had taken the id for good: before that, there was no session to name.
void c_ext_1_of_use(const UseStep& step, Holdings& holdings) {
  if (step.facts.standing != Standing::kAlive || step.exchange.fate != Fate::kFailed || step.exchange.upstream.empty())
    return;
  const auto named = step.exchange.seen.headers.find(step.header.vocabulary.session);
  if (named && *named == step.exchange.seen.session) return held(holdings, kId);
  broken(holdings, kId,
         fmt::format("an error inside session {} came {} in {}", step.exchange.seen.session,
                     named ? "with another id" : "without its id", step.header.vocabulary.session));
}

}  // namespace pinproof::conformance
