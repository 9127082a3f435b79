#include "conformance/history/consistency.h"

#include <array>

#include "conformance/history/labels.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {
namespace {

constexpr std::array<std::string_view, 4> kSources{"clients", "upstreams", "the origin", "journals"};

}  // namespace

std::optional<Inconsistency> HistoryConsistency::not_earlier(Source source, Instant at, std::string_view key,
                                                             std::uint64_t line) {
  const auto [latest, first] = latest_.emplace(source, at);
  if (!first && at < latest->second) {
    return Inconsistency{line, "/" + std::string(key), sim::format_instant(at) + ": time runs backwards",
                         "no earlier than the record of " + std::string(kSources.at(static_cast<std::size_t>(source))) +
                             " before it, " + sim::format_instant(latest->second)};
  }
  latest->second = at;
  return std::nullopt;
}

std::optional<Inconsistency> HistoryConsistency::new_id(std::uint64_t id, const std::string& label,
                                                        std::uint64_t line) {
  if (!ids_.insert(id).second) {
    return Inconsistency{line, "/id", std::to_string(id) + ", which a record above has", "an id of its own"};
  }
  if (label.empty()) return std::nullopt;
  if (!labels_.insert(label).second) {
    return Inconsistency{line, "/label", sim::in_quotes(label) + ", which a record above has", "a label of its own"};
  }
  if (const std::string_view burst = burst_of_label(label); !burst.empty()) labels_.emplace(burst);
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

void HistoryConsistency::await_token(const std::string& token, std::uint64_t line) {
  if (!token.empty() && !tokens_.contains(token)) awaited_.emplace(token, line);
}

std::optional<Inconsistency> HistoryConsistency::add(const Record& record, std::uint64_t line) {
  struct Add {
    HistoryConsistency& self;
    std::uint64_t line;

    std::optional<Inconsistency> operator()(const Observation& seen) const {
      if (auto wrong = self.new_id(seen.id, seen.label, line)) return wrong;
      if (!seen.token.empty()) {
        self.tokens_.insert(seen.token);
        self.awaited_.erase(seen.token);
      }
      return self.not_earlier(Source::kClient, seen.ended_at, "ended_at", line);
    }
    std::optional<Inconsistency> operator()(const ApiCall& call) const {
      if (auto wrong = self.new_id(call.id, call.label, line)) return wrong;
      return self.not_earlier(Source::kClient, call.answered_at, "answered_at", line);
    }
    std::optional<Inconsistency> operator()(const UpstreamSaw& saw) const {
      self.await_token(saw.token, line);
      return self.not_earlier(Source::kUpstream, saw.at, "at", line);
    }
    std::optional<Inconsistency> operator()(const OriginSaw& saw) const {
      self.await_token(saw.token, line);
      return self.not_earlier(Source::kOrigin, saw.at, "at", line);
    }
    std::optional<Inconsistency> operator()(const JournalComplete& complete) const {
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
  return std::visit(Add{*this, line}, record);
}

std::optional<Inconsistency> HistoryConsistency::conclude() const {
  const std::pair<const std::string, std::uint64_t>* first = nullptr;
  for (const auto& awaited : awaited_) {
    if (first == nullptr || awaited.second < first->second) first = &awaited;
  }
  if (first == nullptr) return std::nullopt;
  return Inconsistency{first->second, "/token", sim::in_quotes(first->first) + ", which no observation has",
                       "the token of an observation"};
}

}  // namespace pinproof::conformance
