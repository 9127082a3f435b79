// What the player knows of what it has sent: which ids a label stands for, when each was sent, which session it was given, which exit
// served it. Later steps are resolved by it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "conformance/history/history.h"

namespace pinproof::conformance {

/// One request or call.
struct Sent {
  std::uint64_t id = 0;
  std::string label;
  std::string step;
  std::string token;  // of a request
  Instant sent_at;
  std::string session;  // given or used; empty: none, or not known yet
  std::string exit;     // address; empty: not known
};

class Known {
 public:
  /// The id of the next one to be sent.
  std::uint64_t next_id() const { return sent_.size() + 1; }
  /// `sent.id` is next_id(); of a burst the label is "label[i]", and `burst` the name of them all.
  void add(Sent sent, const std::string& burst);

  const Sent& sent(std::uint64_t id) const { return sent_.at(id - 1); }
  /// All that the label stands for, in order of sending; none where nothing of that name was sent.
  const std::vector<std::uint64_t>& ids(const std::string& label) const;
  /// The first of them.
  const Sent* find(const std::string& label) const;

  /// Learns from what the target saw, and puts label and step into observations and calls.
  void learn(Record& record, const Vocabulary& vocabulary);

 private:
  void learn(Observation& seen, const Vocabulary& vocabulary);
  void learn(ApiCall& call);
  void learn_exit(const std::string& token, const std::string& exit);

  std::vector<Sent> sent_;  // by id - 1
  std::unordered_map<std::string, std::vector<std::uint64_t>> by_label_;
  std::unordered_map<std::string, std::uint64_t> by_token_;
};

}  // namespace pinproof::conformance
