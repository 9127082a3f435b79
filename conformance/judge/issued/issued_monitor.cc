#include "conformance/judge/issued/issued_monitor.h"

#include "conformance/judge/issued/issued_rules.h"
#include "conformance/judge/issued/reply.h"

namespace pinproof::conformance {
namespace {

bool asks_for_one(const Exchange& exchange) { return exchange.seen.session == kCreate; }

// Sessions may end by it: its exit was lost, or it was not told what came of it.
bool may_end(const Exchange& exchange) { return exchange.fate != Fate::kServed && exchange.fate != Fate::kRefused; }

}  // namespace

void IssuedMonitor::tell(std::uint64_t by) { tally_.take(holdings_, by); }

void IssuedMonitor::exchange(const ExchangePtr& shared) {
  const Exchange& exchange = *shared;
  const Observation& seen = exchange.seen;
  c_ses_14(header_, exchange, holdings_);
  c_ext_1(header_, seen, holdings_);
  tell(seen.id);
  const Span span = span_of(exchange, header_.tolerance);
  judge_before(span);
  // Without good credentials it is nobody's request, and a 407 is no word about sessions.
  const bool unknown_sender = (seen.credentials != CredentialFault::kNone && !seen.inside_tunnel) || seen.status == 407;
  if (seen.session.empty() || unknown_sender) return;
  if (asks_for_one(exchange)) {
    if (exchange.fate != Fate::kRefused) book_.ahead().creation(seen.account, span);
  } else if (may_end(exchange)) {
    book_.ahead().may_end(seen.account, seen.session, span);
  }
  wait({shared, span});
}

void IssuedMonitor::api_call(const ApiCall& call) {
  c_ses_14(call, holdings_);
  c_ext_1(header_, call, holdings_);
  tell(call.id);
  const Span span = span_of(call);
  judge_before(span);
  if (call.credentials != CredentialFault::kNone || call.status == 401) return;
  const bool refused = call.result == ApiResult::kAnswered && call.status >= 400 && call.status < 500;
  if (call.operation == ApiOperation::kCreate && !refused) book_.ahead().creation(call.account, span);
  if (call.operation == ApiOperation::kDelete) book_.ahead().may_end(call.account, call.session, span);
  wait({std::make_shared<const ApiCall>(call), span});
}

void IssuedMonitor::wait(Waiting waiting) {
  waiting_.push_back(std::move(waiting));
  if (waiting_.size() > kWaitingMax) judge_oldest();
}

void IssuedMonitor::judge_before(const Span& span) {
  while (!waiting_.empty() && waiting_.front().span.before(span)) judge_oldest();
}

void IssuedMonitor::judge_oldest() {
  const Waiting oldest = std::move(waiting_.front());
  waiting_.pop_front();
  std::visit([&](const auto& sent) { judge(*sent, oldest.span); }, oldest.sent);
}

void IssuedMonitor::judge(const Exchange& exchange, const Span& span) {
  const Observation& seen = exchange.seen;
  book_.advance(seen.account, span);
  if (asks_for_one(exchange)) {
    if (exchange.fate != Fate::kRefused) book_.ahead().creation_judged(seen.account);
    return judge_creation(book_.creation(exchange), &exchange);
  }
  if (may_end(exchange)) book_.ahead().end_judged(seen.account, seen.session);
  const UseStep step = book_.use(exchange);
  for (const UseRule rule : use_rules()) rule(step, holdings_);
  tell(seen.id);
  book_.adopt(step);
}

void IssuedMonitor::judge_creation(const CreationStep& step, const Exchange* exchange) {
  for (const CreationRule rule : creation_rules()) rule(step, holdings_);
  tell(step.id);
  book_.adopt(step, exchange);
}

void IssuedMonitor::judge(const ApiCall& call, const Span& span) {
  book_.advance(call.account, span);
  switch (call.operation) {
    case ApiOperation::kCreate: {
      const bool refused = call.result == ApiResult::kAnswered && call.status >= 400 && call.status < 500;
      if (!refused) book_.ahead().creation_judged(call.account);
      return judge_creation(book_.creation(call), nullptr);
    }
    case ApiOperation::kDelete:
      book_.ahead().end_judged(call.account, call.session);
      return judge_deletion(call);
    case ApiOperation::kList:
      return judge_listing(call);
  }
}

void IssuedMonitor::judge_deletion(const ApiCall& call) {
  const auto code = header_.vocabulary.error.empty() ? std::nullopt : call.headers.find(header_.vocabulary.error);
  const bool unsaid = call.status >= 500 || has_other_cause(code.value_or(std::string_view{}), call.status);
  if (call.result != ApiResult::kAnswered || unsaid) return book_.may_have_deleted(call);
  const DeletionStep step = book_.deletion(call);
  for (const DeletionRule rule : deletion_rules()) rule(step, holdings_);
  tell(call.id);
  book_.adopt(step);
}

void IssuedMonitor::judge_listing(const ApiCall& call) {
  if (call.result != ApiResult::kAnswered || call.status >= 300) return;
  if (call.malformed) {
    c_ses_5_of_listing({.header = header_, .call = call}, holdings_);
    return tell(call.id);
  }
  const std::vector<ListedStep> steps = book_.listing(call);
  for (const ListedStep& step : steps) {
    for (const ListedRule rule : listed_rules()) rule(step, holdings_);
  }
  tell(call.id);
  book_.adopt(steps, call);
}

std::vector<Finding> IssuedMonitor::conclude() {
  while (!waiting_.empty()) judge_oldest();
  return tally_.findings(header_.promised);
}

}  // namespace pinproof::conformance
