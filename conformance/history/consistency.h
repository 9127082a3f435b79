// What the records of a history have to agree on: ids and labels are given once, time does not run backwards, expectations speak of records
// above, what upstreams and origin saw belongs to an observation, an upstream answers what was forwarded to it, and the exit that an
// observation names is one that the origin saw it come from.
//
// Keeps a few numbers for each token, the texts of tokens and labels, and nothing else of the records.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/history/history.h"
#include "conformance/history/text_numbers.h"
#include "sim/core/lookup_table.h"

namespace pinproof::conformance {

struct Inconsistency {
  std::uint64_t line = 0;
  std::string pointer;
  std::string found;
  std::string expected;
};

class HistoryConsistency {
 public:
  /// What is wrong with `record` after those before it, or nothing. What the journals may still put right is told when they are complete to
  /// there: it is then about a line above.
  std::optional<Inconsistency> add(const Record& record, std::uint64_t line);

  /// What is missing at the end of a complete history: an observation for each token that upstreams or origin saw.
  std::optional<Inconsistency> conclude() const;

 private:
  /// Records become known in the order of these clocks; those of one do not run backwards.
  enum class Source : std::uint8_t { kClient, kUpstream, kOrigin, kJournal };

  static constexpr std::uint32_t kNoExit = 0xffffffffU;

  /// What is known of a token. Retries come from several exits; two are remembered, and with a third nothing is held against anybody.
  struct Token {
    bool observed = false;
    bool forwarded = false;            // an upstream saw it come
    bool from_many = false;            // the origin saw it come from more exits than the two
    std::uint32_t from_one = kNoExit;  // numbers in exits_
    std::uint32_t from_other = kNoExit;
    std::uint32_t claimed = kNoExit;  // exit_by_origin of its observation
  };

  /// An exit that the origin has not confirmed, although it saw the token come.
  struct Dispute {
    std::uint32_t token;
    std::uint64_t line;  // of the observation, or of what the origin saw, whichever came later
    bool at_origin;      // it is the latter
    Instant until;       // when the journals are complete to there, it stands
  };

  /// More than retries under way can make: then they stand at once, so that a wrong history does not become a slow one.
  static constexpr std::size_t kDisputesMax = 1024;

  struct Awaited {
    std::uint32_t token;
    std::uint64_t line;
  };

  struct Adding;

  std::optional<Inconsistency> not_earlier(Source source, Instant at, std::string_view key, std::uint64_t line);
  std::optional<Inconsistency> new_id(std::uint64_t id, const std::string& label, std::uint64_t line);
  std::optional<Inconsistency> known_labels(const Labels& labels, const char* pointer, std::uint64_t line) const;
  std::optional<Inconsistency> known_labels(const Expectation& expectation, std::uint64_t line) const;
  Token& token(std::uint32_t number);
  void await(std::uint32_t number, std::uint64_t line);
  std::optional<Inconsistency> answer_to_something(const UpstreamSaw& saw, std::uint64_t line);
  std::optional<Inconsistency> observed(const Observation& seen, std::uint64_t line);
  std::optional<Inconsistency> came_from(const OriginSaw& saw, std::uint64_t line);
  std::optional<Inconsistency> compare(const Dispute& dispute);
  std::optional<Inconsistency> settled_against(Instant until) const;

  std::array<std::optional<Instant>, 4> latest_;
  std::uint64_t ids_to_ = 0;  // every id up to this one has come
  sim::LookupTable<std::uint64_t, bool> later_ids_;
  TextNumbers labels_;
  TextNumbers exits_;
  TextNumbers token_numbers_;
  std::vector<Token> tokens_;
  std::deque<Awaited> awaited_;  // seen without an observation, in order; those at the front that got one are gone
  std::vector<Dispute> disputes_;
};

}  // namespace pinproof::conformance
