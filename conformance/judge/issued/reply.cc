#include "conformance/judge/issued/reply.h"

#include <algorithm>
#include <array>

namespace pinproof::conformance {

std::string_view error_of(const HistoryHeader& header, const Observation& seen) {
  if (header.vocabulary.error.empty()) return {};
  return seen.headers.find(header.vocabulary.error).value_or(std::string_view{});
}

bool has_other_cause(std::string_view code, int status) {
  static constexpr std::array<std::string_view, 10> kCodes{
      "bad_proxy_auth", "bad_auth", "too_many_conns", "header_auth", "domain_forbidden",
      "bad_header",     "noslaves", "banned",         "slavebanned", "serverbusy"};
  static constexpr std::array<int, 5> kStatuses{413, 429, 470, 523, 540};
  // The words are plainer than the number: a cap may well be told with 429.
  if (code == kSessionLimit || code == kBadSessionId) return false;
  return std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end() ||
         std::find(kStatuses.begin(), kStatuses.end(), status) != kStatuses.end();
}

bool no_other_control(const HistoryHeader& header, const Observation& seen) {
  const std::string& prefix = header.vocabulary.control_prefix;
  if (prefix.empty()) return true;
  std::size_t sessions = 0;
  for (const auto [name, value] : seen.sent) {
    if (sim::same_field_name(name, header.vocabulary.session)) {
      ++sessions;
    } else if (name.size() >= prefix.size() && sim::same_field_name(name.substr(0, prefix.size()), prefix)) {
      return false;
    }
  }
  return sessions <= 1;
}

bool refused_by_pacing(const Exchange& exchange) {
  return exchange.seen.status == 503 && exchange.seen.headers.has("Retry-After") && exchange.reached_nothing();
}

}  // namespace pinproof::conformance
