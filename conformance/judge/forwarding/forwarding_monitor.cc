#include "conformance/judge/forwarding/forwarding_monitor.h"

#include "conformance/judge/forwarding/forwarding_rules.h"

namespace pinproof::conformance {

void ForwardingMonitor::exchange(const ExchangePtr& shared) {
  const Exchange& exchange = *shared;
  g_3(header_, exchange, holdings_);
  for (const OriginSaw& saw : exchange.origin) {
    const ForwardStep step = forward_step_of(header_, exchange, saw);
    g_1(step, holdings_);
    h_not_2(step, holdings_);
  }
  tally_.take(holdings_, exchange.seen.id);
  if (header_.vocabulary.bytes_in.empty() && header_.vocabulary.bytes_out.empty()) return;
  h_not_1_of_answer(header_, exchange, holdings_);
  tally_.take(holdings_, exchange.seen.id);
  const Asked* const asked = exchange.asked.get();
  const bool good =
      asked && asked->sticky() && asked->breaks.empty() && exchange.seen.credentials == CredentialFault::kNone;
  if (good) usage_.add(exchange, *asked);
}

void ForwardingMonitor::broken_exchange(const ExchangePtr& shared) {
  g_3(header_, *shared, holdings_);
  tally_.take(holdings_, shared->seen.id);
}

void ForwardingMonitor::api_call(const ApiCall& call) {
  usage_.judge(call, holdings_);
  tally_.take(holdings_, call.id);
}

}  // namespace pinproof::conformance
