// One record of a history in words, for people: who sent what, and what came back. Redacted as the history is; not escaped.
#pragma once

#include <cstddef>
#include <string>

#include "conformance/history/history.h"

namespace pinproof::conformance {

/// "third: alice → GET site.origin.test as …-session-job-sesstime-30 … 200, via 127.20.0.4, re-pinned"
std::string text_of(const Observation& seen, const Vocabulary& vocabulary);

/// "alice → list_sessions … 200, 3 sessions"
std::string text_of(const ApiCall& call);

/// A deed done to that exit and to others at once, `exits` in all: "exit 127.20.0.4 and 2 more: drop for 5s".
std::string text_of(const ExitActed& acted, std::size_t exits = 1);

}  // namespace pinproof::conformance
