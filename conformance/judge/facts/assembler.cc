#include "conformance/judge/facts/assembler.h"

#include <utility>

namespace pinproof::conformance {
namespace {

constexpr std::size_t kHandedOnKept = 1'024;
constexpr std::size_t kSightingsUsual = 2;  // an upstream sees most requests come and their answers go

}  // namespace

Assembler::Assembler(const HistoryHeader& header, FactSink& sink)
    : header_(header),
      sink_(sink),
      names_(header),
      upstream_visible_(header.capabilities.has(Capability::kAttempts)),
      origin_visible_(header.capabilities.has(Capability::kExits)) {}

std::shared_ptr<Exchange> Assembler::blank() {
  if (handed_on_.empty() || handed_on_.front().use_count() > 1) {
    if (handed_on_.size() > kHandedOnKept) handed_on_.pop_front();
    auto exchange = std::make_shared<Exchange>();
    exchange->upstream.reserve(kSightingsUsual);
    return exchange;
  }
  std::shared_ptr<Exchange> exchange = std::move(handed_on_.front());
  handed_on_.pop_front();
  exchange->seen.id = 0;
  exchange->upstream.clear();
  exchange->origin.clear();
  return exchange;
}

// What was seen of a token, whether or not its observation has been recorded.
Exchange& Assembler::joined(const std::string& token) {
  const auto known = by_token_.find(token);
  if (known != by_token_.end()) return *known->second;
  if (by_token_.size() > kUnknownMax + kWaitingMax) by_token_.clear();
  return *by_token_.emplace(token, blank()).first->second;
}

void Assembler::record(const Record& record) {
  if (const auto* saw = std::get_if<UpstreamSaw>(&record)) {
    if (!saw->token.empty()) joined(saw->token).upstream.push_back(*saw);
    return;
  }
  if (const auto* origin = std::get_if<OriginSaw>(&record)) {
    if (!origin->token.empty()) joined(origin->token).origin.push_back(*origin);
    return;
  }
  if (const auto* seen = std::get_if<Observation>(&record)) {
    const auto known = by_token_.find(seen->token);
    std::shared_ptr<Exchange> exchange;
    if (known != by_token_.end() && known->second->seen.id == 0) {
      exchange = known->second;
    } else {
      exchange = blank();
      if (!seen->token.empty()) by_token_.emplace(seen->token, exchange);
    }
    exchange->seen = *seen;
    exchange->upstream_visible = upstream_visible_;
    exchange->origin_visible = origin_visible_;
    exchange->asked = names_.read(*seen);
    waiting_.emplace(seen->id, Sent{std::move(exchange), nullptr});
  } else if (const auto* call = std::get_if<ApiCall>(&record)) {
    waiting_.emplace(call->id, Sent{nullptr, std::make_unique<ApiCall>(*call)});
  } else if (const auto* acted = std::get_if<ExitActed>(&record)) {
    sink_.exit_acted(*acted);
  } else if (const auto* complete = std::get_if<JournalComplete>(&record)) {
    journal_complete_ = std::max(journal_complete_, complete->at);
  }
  hand_on(false);
}

void Assembler::conclude() { hand_on(true); }

bool Assembler::settled(const Sent& sent) const {
  const Instant end = sent.exchange ? sent.exchange->seen.ended_at : sent.call->answered_at;
  return (!upstream_visible_ && !origin_visible_) || journal_complete_ >= end;
}

void Assembler::hand_on(bool all) {
  while (!waiting_.empty()) {
    const auto first = waiting_.begin();
    const bool in_turn = first->first == next_id_ && settled(first->second);
    if (!in_turn && !all && waiting_.size() <= kWaitingMax) return;
    next_id_ = first->first + 1;
    Sent sent = std::move(first->second);
    waiting_.erase(first);
    if (sent.exchange) {
      if (!sent.exchange->seen.token.empty()) by_token_.erase(sent.exchange->seen.token);
      derive(*sent.exchange, header_);
      sink_.exchange(sent.exchange);
      handed_on_.push_back(std::move(sent.exchange));
    } else {
      sink_.api_call(*sent.call);
    }
  }
}

}  // namespace pinproof::conformance
