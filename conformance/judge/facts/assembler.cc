#include "conformance/judge/facts/assembler.h"

#include <utility>

namespace pinproof::conformance {
namespace {

Instant end_of(const std::variant<Exchange, ApiCall>& sent) {
  if (const auto* exchange = std::get_if<Exchange>(&sent)) return exchange->seen.ended_at;
  return std::get<ApiCall>(sent).answered_at;
}

}  // namespace

Assembler::Assembler(const HistoryHeader& header, FactSink& sink)
    : header_(header),
      sink_(sink),
      upstream_visible_(header.capabilities.has(Capability::kAttempts)),
      origin_visible_(header.capabilities.has(Capability::kExits)) {}

// What was seen of a token, whether or not its observation has been recorded.
Exchange& Assembler::joined(const std::string& token) {
  const auto known = by_token_.find(token);
  if (known != by_token_.end()) return std::get<Exchange>(waiting_.at(known->second));
  return early_[token];
}

void Assembler::record(const Record& record) {
  if (const auto* saw = std::get_if<UpstreamSaw>(&record)) {
    if (!saw->token.empty()) joined(saw->token).upstream.push_back(*saw);
  } else if (const auto* origin = std::get_if<OriginSaw>(&record)) {
    if (!origin->token.empty()) joined(origin->token).origin.push_back(*origin);
  } else if (const auto* seen = std::get_if<Observation>(&record)) {
    Exchange exchange;
    if (const auto early = early_.find(seen->token); early != early_.end()) {
      exchange = std::move(early->second);
      early_.erase(early);
    }
    exchange.seen = *seen;
    exchange.upstream_visible = upstream_visible_;
    exchange.origin_visible = origin_visible_;
    if (!seen->token.empty()) by_token_.emplace(seen->token, seen->id);
    waiting_.emplace(seen->id, std::move(exchange));
  } else if (const auto* call = std::get_if<ApiCall>(&record)) {
    waiting_.emplace(call->id, *call);
  } else if (const auto* acted = std::get_if<ExitActed>(&record)) {
    sink_.exit_acted(*acted);
  } else if (const auto* complete = std::get_if<JournalComplete>(&record)) {
    journal_complete_ = std::max(journal_complete_, complete->at);
  }
  hand_on(false);
}

void Assembler::conclude() { hand_on(true); }

bool Assembler::settled(const Sent& sent) const {
  return (!upstream_visible_ && !origin_visible_) || journal_complete_ >= end_of(sent);
}

void Assembler::hand_on(bool all) {
  while (!waiting_.empty()) {
    const auto first = waiting_.begin();
    const bool in_turn = first->first == next_id_ && settled(first->second);
    if (!in_turn && !all && waiting_.size() <= kWaitingMax) return;
    next_id_ = first->first + 1;
    Sent sent = std::move(first->second);
    waiting_.erase(first);
    if (auto* exchange = std::get_if<Exchange>(&sent)) {
      by_token_.erase(exchange->seen.token);
      derive(*exchange, header_);
      sink_.exchange(*exchange);
    } else {
      sink_.api_call(std::get<ApiCall>(sent));
    }
  }
}

}  // namespace pinproof::conformance
