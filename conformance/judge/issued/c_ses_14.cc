// C-SES-14: without good credentials 407 with a challenge when proxying, and nothing is forwarded; 401 at /sessions.
// With good ones neither.
#include <fmt/format.h>

#include "conformance/judge/issued/issued_rules.h"

namespace pinproof::conformance {
namespace {

constexpr std::string_view kId = "C-SES-14";
constexpr int kUnauthorized = 401;
constexpr int kProxyAuthenticationRequired = 407;

}  // namespace

void c_ses_14(const HistoryHeader& header, const Exchange& exchange, Holdings& holdings) {
  const Observation& seen = exchange.seen;
  // Inside an open tunnel CONNECT's credentials hold; the origin's own 407 is no word of the gateway's.
  if (seen.inside_tunnel) return;
  const bool refused = seen.status == kProxyAuthenticationRequired && exchange.fate == Fate::kRefused;
  if (seen.credentials == CredentialFault::kNone) {
    const bool own = exchange.origin_visible || seen.headers.has(header.vocabulary.error);
    if (refused && own) broken(holdings, kId, "the credentials were good, and yet the answer was 407");
    return;
  }
  if (!exchange.reached_nothing())
    return broken(holdings, kId, "the credentials were missing or wrong, and yet the request was forwarded");
  if (seen.status == 0) return;
  if (!refused)
    return broken(holdings, kId,
                  fmt::format("the credentials were missing or wrong; 407 was due, not {}", seen.status));
  if (!seen.headers.has("Proxy-Authenticate"))
    return broken(holdings, kId, "the answer was 407 without Proxy-Authenticate");
  held(holdings, kId);
}

void c_ses_14(const ApiCall& call, Holdings& holdings) {
  if (call.result != ApiResult::kAnswered || call.status == 0) return;
  const bool good = call.credentials == CredentialFault::kNone;
  const bool refused = call.status == kUnauthorized;
  if (good != refused) {
    if (!good) held(holdings, kId);
    return;
  }
  broken(holdings, kId,
         good ? std::string("the credentials were good, and yet /sessions answered 401")
              : fmt::format("the credentials were missing or wrong; /sessions answered {}, not 401", call.status));
}

}  // namespace pinproof::conformance
