#include "conformance/player/known.h"

#include <utility>

#include "sim/core/check.h"

namespace pinproof::conformance {

void Known::add(Sent sent, const std::string& burst) {
  PINPROOF_CHECK(sent.id == next_id(), "id {}, expected {}", sent.id, next_id());
  by_label_[sent.label].push_back(sent.id);
  if (!burst.empty()) by_label_[burst].push_back(sent.id);
  if (!sent.token.empty()) by_token_.emplace(sent.token, sent.id);
  sent_.push_back(std::move(sent));
}

const std::vector<std::uint64_t>& Known::ids(const std::string& label) const {
  static const std::vector<std::uint64_t> none;
  const auto found = by_label_.find(label);
  return found == by_label_.end() ? none : found->second;
}

const Sent* Known::find(const std::string& label) const {
  const auto found = by_label_.find(label);
  return found == by_label_.end() ? nullptr : &sent_.at(found->second.front() - 1);
}

void Known::learn(Record& record, const Vocabulary& vocabulary) {
  if (auto* const seen = std::get_if<Observation>(&record)) {
    learn(*seen, vocabulary);
  } else if (auto* const call = std::get_if<ApiCall>(&record)) {
    learn(*call);
  } else if (const auto* const origin = std::get_if<OriginSaw>(&record)) {
    learn_exit(origin->token, origin->from);
  } else if (const auto* const upstream = std::get_if<UpstreamSaw>(&record)) {
    if (upstream->event == UpstreamEvent::kForwarded) learn_exit(upstream->token, upstream->exit);
  }
}

void Known::learn(Observation& seen, const Vocabulary& vocabulary) {
  Sent& sent = sent_.at(seen.id - 1);
  seen.label = sent.label;
  seen.step = sent.step;
  if (!vocabulary.session.empty()) {
    if (const auto given = seen.headers.find(vocabulary.session)) sent.session = *given;
  }
  if (!seen.exit_by_origin.empty()) {
    sent.exit = seen.exit_by_origin;
  } else if (sent.exit.empty()) {
    sent.exit = seen.exit_by_header;
  }
}

void Known::learn(ApiCall& call) {
  Sent& sent = sent_.at(call.id - 1);
  call.label = sent.label;
  call.step = sent.step;
  if (!call.created.empty()) sent.session = call.created;
}

void Known::learn_exit(const std::string& token, const std::string& exit) {
  if (const auto found = by_token_.find(token); found != by_token_.end()) sent_.at(found->second - 1).exit = exit;
}

}  // namespace pinproof::conformance
