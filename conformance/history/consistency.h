// What the records of a history have to agree on. Keeps a number for each observation, label and token, nothing else of them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "conformance/history/history.h"

namespace pinproof::conformance {

struct Inconsistency {
  std::uint64_t line = 0;
  std::string pointer;
  std::string found;
  std::string expected;
};

class HistoryConsistency {
 public:
  /// What is wrong with `record` after those before it, or nothing.
  std::optional<Inconsistency> add(const Record& record, std::uint64_t line);

  /// What is missing at the end of a complete history: an observation for each token that upstreams or origin saw.
  std::optional<Inconsistency> conclude() const;

 private:
  /// Records become known in the order of these clocks; those of one do not run backwards.
  enum class Source : std::uint8_t { kClient, kUpstream, kOrigin, kJournal };

  std::optional<Inconsistency> not_earlier(Source source, Instant at, std::string_view key, std::uint64_t line);
  std::optional<Inconsistency> new_id(std::uint64_t id, const std::string& label, std::uint64_t line);
  std::optional<Inconsistency> known_labels(const Labels& labels, const char* pointer, std::uint64_t line) const;
  std::optional<Inconsistency> known_labels(const Expectation& expectation, std::uint64_t line) const;
  void await_token(const std::string& token, std::uint64_t line);

  std::map<Source, Instant> latest_;
  std::unordered_set<std::uint64_t> ids_;
  std::unordered_set<std::string> labels_;
  std::unordered_set<std::string> tokens_;
  std::unordered_map<std::string, std::uint64_t> awaited_;  // tokens that no observation has had yet, with their line
};

}  // namespace pinproof::conformance
