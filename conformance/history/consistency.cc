#include "conformance/history/consistency.h"

#include <algorithm>

#include "conformance/history/labels.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {
namespace {

constexpr std::array<std::string_view, 4> kSources{"clients", "upstreams", "the origin", "journals"};

}  // namespace

struct HistoryConsistency::Adding {
  HistoryConsistency& self;
  std::uint64_t line;

  std::optional<Inconsistency> operator()(const Observation& seen) const {
    if (auto wrong = self.new_id(seen.id, seen.label, line)) return wrong;
    if (!seen.token.empty()) {
      if (auto wrong = self.observed(seen, line)) return wrong;
    }
    return self.not_earlier(Source::kClient, seen.ended_at, "ended_at", line);
  }
  std::optional<Inconsistency> operator()(const ApiCall& call) const {
    if (auto wrong = self.new_id(call.id, call.label, line)) return wrong;
    return self.not_earlier(Source::kClient, call.answered_at, "answered_at", line);
  }
  std::optional<Inconsistency> operator()(const UpstreamSaw& saw) const {
    if (!saw.token.empty()) {
      if (auto wrong = self.answer_to_something(saw, line)) return wrong;
    }
    return self.not_earlier(Source::kUpstream, saw.at, "at", line);
  }
  std::optional<Inconsistency> operator()(const OriginSaw& saw) const {
    if (!saw.token.empty()) {
      if (auto wrong = self.came_from(saw, line)) return wrong;
    }
    return self.not_earlier(Source::kOrigin, saw.at, "at", line);
  }
  std::optional<Inconsistency> operator()(const JournalComplete& complete) const {
    if (auto wrong = self.settled_against(complete.at)) return wrong;
    return self.not_earlier(Source::kJournal, complete.at, "at", line);
  }
  std::optional<Inconsistency> operator()(const Expected& expected) const {
    if (auto wrong = self.known_labels(expected.expectation, line)) return wrong;
    return self.not_earlier(Source::kClient, expected.at, "at", line);
  }
  std::optional<Inconsistency> operator()(const ExitActed& acted) const {
    return self.not_earlier(Source::kClient, acted.at, "at", line);
  }
  std::optional<Inconsistency> operator()(const Trouble& trouble) const {
    return self.not_earlier(Source::kClient, trouble.at, "at", line);
  }
};

std::optional<Inconsistency> HistoryConsistency::add(const Record& record, std::uint64_t line) {
  return std::visit(Adding{*this, line}, record);
}

std::optional<Inconsistency> HistoryConsistency::conclude() const {
  if (auto wrong = settled_against(Instant::max())) return wrong;
  for (const Awaited& awaited : awaited_) {
    if (tokens_[awaited.token].observed) continue;
    return Inconsistency{awaited.line, "/token",
                         sim::in_quotes(token_numbers_.text(awaited.token)) + ", which no observation has",
                         "the token of an observation"};
  }
  return std::nullopt;
}

std::optional<Inconsistency> HistoryConsistency::not_earlier(Source source, Instant at, std::string_view key,
                                                             std::uint64_t line) {
  std::optional<Instant>& latest = latest_[static_cast<std::size_t>(source)];
  if (latest && at < *latest) {
    return Inconsistency{line, "/" + std::string(key), sim::format_instant(at) + ": time runs backwards",
                         "no earlier than the record of " + std::string(kSources[static_cast<std::size_t>(source)]) +
                             " before it, " + sim::format_instant(*latest)};
  }
  latest = at;
  return std::nullopt;
}

std::optional<Inconsistency> HistoryConsistency::new_id(std::uint64_t id, const std::string& label,
                                                        std::uint64_t line) {
  if (id <= ids_to_ || (id > ids_to_ + 1 && !later_ids_.insert(id, true))) {
    return Inconsistency{line, "/id", std::to_string(id) + ", which a record above has", "an id of its own"};
  }
  if (id == ids_to_ + 1) {
    do {
      ++ids_to_;
    } while (later_ids_.size() > 0 && later_ids_.erase(ids_to_ + 1));
  }
  if (label.empty()) return std::nullopt;
  const std::size_t labels = labels_.size();
  if (labels_.number(label) < labels) {
    return Inconsistency{line, "/label", sim::in_quotes(label) + ", which a record above has", "a label of its own"};
  }
  if (const std::string_view burst = burst_of_label(label); !burst.empty()) labels_.number(burst);
  return std::nullopt;
}

std::optional<Inconsistency> HistoryConsistency::known_labels(const Labels& labels, const char* pointer,
                                                              std::uint64_t line) const {
  for (const std::string& label : labels) {
    if (!labels_.contains(label)) {
      return Inconsistency{line, pointer, "the label " + sim::in_quotes(label), "a label of a record above"};
    }
  }
  return std::nullopt;
}

std::optional<Inconsistency> HistoryConsistency::known_labels(const Expectation& expectation,
                                                              std::uint64_t line) const {
  if (auto wrong = known_labels(expectation.of, "/expectation/of", line)) return wrong;
  return known_labels(labels_in(expectation.check), "/expectation", line);
}

HistoryConsistency::Token& HistoryConsistency::token(std::uint32_t number) {
  if (number == tokens_.size()) tokens_.emplace_back();
  return tokens_[number];
}

void HistoryConsistency::await(std::uint32_t number, std::uint64_t line) {
  if (!tokens_[number].observed) awaited_.push_back({number, line});
}

std::optional<Inconsistency> HistoryConsistency::answer_to_something(const UpstreamSaw& saw, std::uint64_t line) {
  const std::uint32_t number = token_numbers_.number(saw.token);
  Token& token = this->token(number);
  if (saw.event == UpstreamEvent::kForwarded) token.forwarded = true;
  if (saw.event == UpstreamEvent::kAnswered && !token.forwarded) {
    return Inconsistency{line, "/event", "an answer to " + sim::in_quotes(saw.token) + ", which was not forwarded",
                         "\"forwarded\" before it"};
  }
  await(number, line);
  return std::nullopt;
}

std::optional<Inconsistency> HistoryConsistency::observed(const Observation& seen, std::uint64_t line) {
  const std::uint32_t number = token_numbers_.number(seen.token);
  Token& token = this->token(number);
  token.observed = true;
  while (!awaited_.empty() && tokens_[awaited_.front().token].observed) awaited_.pop_front();
  if (seen.exit_by_origin.empty()) return std::nullopt;
  token.claimed = exits_.number(seen.exit_by_origin);
  return compare({number, line, false, seen.ended_at});
}

std::optional<Inconsistency> HistoryConsistency::came_from(const OriginSaw& saw, std::uint64_t line) {
  const std::uint32_t number = token_numbers_.number(saw.token);
  Token& token = this->token(number);
  const std::uint32_t exit = exits_.number(saw.from);
  if (token.from_one == kNoExit || token.from_one == exit) {
    token.from_one = exit;
  } else if (token.from_other == kNoExit || token.from_other == exit) {
    token.from_other = exit;
  } else {
    token.from_many = true;
  }
  await(number, line);
  return compare({number, line, true, saw.at});
}

std::optional<Inconsistency> HistoryConsistency::compare(const Dispute& dispute) {
  const Token& token = tokens_[dispute.token];
  if (token.claimed == kNoExit || token.from_one == kNoExit) return std::nullopt;
  const auto known = std::find_if(disputes_.begin(), disputes_.end(),
                                  [&](const Dispute& other) { return other.token == dispute.token; });
  if (token.from_many || token.claimed == token.from_one || token.claimed == token.from_other) {
    if (known != disputes_.end()) disputes_.erase(known);
  } else if (known == disputes_.end()) {
    disputes_.push_back(dispute);
    if (disputes_.size() > kDisputesMax) return settled_against(Instant::max());
  }
  return std::nullopt;
}

std::optional<Inconsistency> HistoryConsistency::settled_against(Instant until) const {
  for (const Dispute& dispute : disputes_) {
    if (dispute.until > until) continue;
    const Token& token = tokens_[dispute.token];
    const std::string claimed = sim::in_quotes(exits_.text(token.claimed));
    const std::string from = sim::in_quotes(exits_.text(token.from_one));
    const std::string name = sim::in_quotes(token_numbers_.text(dispute.token));
    if (dispute.at_origin) {
      return Inconsistency{dispute.line, "/from", from,
                           claimed + ", the \"exit_by_origin\" of the observation of " + name};
    }
    return Inconsistency{dispute.line, "/exit_by_origin", claimed,
                         from + ", from which the origin saw " + name + " come"};
  }
  return std::nullopt;
}

}  // namespace pinproof::conformance
