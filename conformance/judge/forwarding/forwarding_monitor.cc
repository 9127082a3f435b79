#include "conformance/judge/forwarding/forwarding_monitor.h"

#include "conformance/judge/forwarding/forwarding_rules.h"

namespace pinproof::conformance {

void ForwardingMonitor::exchange(const ExchangePtr& shared) {
  const Exchange& exchange = *shared;
  Holdings holdings;
  g_3(header_, exchange, holdings);
  for (const OriginSaw& saw : exchange.origin) {
    const ForwardStep step = forward_step_of(header_, exchange, saw);
    g_1(step, holdings);
    h_not_2(step, holdings);
  }
  tell(holdings, exchange.seen.id);
  if (header_.vocabulary.bytes_in.empty() && header_.vocabulary.bytes_out.empty()) return;
  Holdings usage;
  h_not_1_of_answer(header_, exchange, usage);
  tell(usage, exchange.seen.id);
  const Asked* const asked = exchange.asked.get();
  const bool good =
      asked && asked->sticky() && asked->breaks.empty() && exchange.seen.credentials == CredentialFault::kNone;
  if (good) usage_.add(exchange, *asked);
}

void ForwardingMonitor::api_call(const ApiCall& call) {
  Holdings holdings;
  usage_.judge(call, holdings);
  tell(holdings, call.id);
}

void ForwardingMonitor::tell(const Holdings& holdings, std::uint64_t by) {
  for (const Holding& holding : holdings) tally_.add(holding, by);
}

}  // namespace pinproof::conformance
