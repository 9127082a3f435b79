// H-AUT-1: missing or wrong credentials are answered 407 with a challenge, and nothing is forwarded.
#include <fmt/format.h>

#include <algorithm>

#include "conformance/judge/names/name_rules.h"

namespace pinproof::conformance {
namespace {

// A name that breaks the grammar, or asks for a place where no exit is.
bool name_may_be_refused(const NameStep& step) {
  const Asked& asked = *step.exchange.asked;
  const std::vector<sim::Exit>& exits = step.header.exits;
  return !asked.breaks.empty() ||
         std::none_of(exits.begin(), exits.end(), [&](const sim::Exit& exit) { return asked.where.matches(exit); });
}

}  // namespace

void h_aut_1(const NameStep& step, Holdings& holdings) {
  if (step.good_credentials() || step.exchange.fate == Fate::kUnknown || step.seen().inside_tunnel) return;
  const Observation& seen = step.seen();
  // Wrong in two ways, it may be refused for either.
  if (step.exchange.fate == Fate::kRefused && step.exchange.asked && name_may_be_refused(step)) return;
  if (!step.exchange.reached_nothing())
    return broken(holdings, "H-AUT-1", "a request without good credentials was forwarded");
  const bool unknown = seen.credentials == CredentialFault::kUnknownAccount;
  const std::string& reading = step.header.readings.at("unknown_subuser_status");
  // One public page has 401 for a sub-user that is not there, another 407.
  if (unknown && seen.status == 401 && reading != "proxy_authentication") return held(holdings, "H-AUT-1");
  if (seen.status != 407 || (unknown && reading == "unauthorized")) {
    return broken(holdings, "H-AUT-1", fmt::format("bad credentials were answered {}", seen.status));
  }
  if (seen.headers.has("Proxy-Authenticate")) return held(holdings, "H-AUT-1");
  broken(holdings, "H-AUT-1", "407 without Proxy-Authenticate: some clients loop on that for ever");
}

}  // namespace pinproof::conformance
